#ifndef HALVES_HPP
#define HALVES_HPP

/// The nearest half of x, of those that 8 bits have.
float halved(float x);

#endif
