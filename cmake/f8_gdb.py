"""Shows f8's types in gdb as their value and their code: 0.3125 (0x2a).

    (gdb) source f8_gdb.py
"""
import gdb
import gdb.printing


def decode(code, width, trailing_bits, bias, specials):
    """The value of a code. `specials`: 0 ieee, 1 fn, 2 fnuz, as in f8::special_values."""
    sign_bit = 1 << (width - 1)
    magnitude = code & (sign_bit - 1)
    sign = -1.0 if code & sign_bit else 1.0
    first_special = (sign_bit - 1) >> trailing_bits << trailing_bits
    is_nan = (magnitude > first_special, magnitude == sign_bit - 1, code == sign_bit)[specials]
    if is_nan:
        return sign * float("nan")
    if specials == 0 and magnitude == first_special:
        return sign * float("inf")
    field, trailing = magnitude >> trailing_bits, magnitude & ((1 << trailing_bits) - 1)
    significand = trailing | (1 << trailing_bits if field else 0)
    return sign * significand * 2.0 ** (max(field, 1) - bias - trailing_bits)


class Printer:
    def __init__(self, value, digits, decoded):
        self.code = int(value["internal_bits"])
        self.digits = digits
        self.decoded = decoded

    def to_string(self):
        return "{!r} (0x{:0{}x})".format(self.decoded(self.code), self.code, self.digits)


def fp8(value):
    _, trailing_bits, specials, bias = (int(value.type.strip_typedefs().template_argument(i)) for i in range(4))
    return Printer(value, 2, lambda code: decode(code, 8, trailing_bits, bias, specials))


def float16(value):
    return Printer(value, 4, lambda code: decode(code, 16, 10, 15, 0))


def bfloat16(value):
    return Printer(value, 4, lambda code: decode(code, 16, 7, 127, 0))


def e8m0(value):
    return Printer(value, 2, lambda code: float("nan") if code == 255 else 2.0 ** (code - 127))


printers = gdb.printing.RegexpCollectionPrettyPrinter("f8")
printers.add_printer("fp8", r"^f8::fp8<.*>$", fp8)
printers.add_printer("float16", r"^f8::float16$", float16)
printers.add_printer("bfloat16", r"^f8::bfloat16$", bfloat16)
printers.add_printer("e8m0", r"^f8::e8m0$", e8m0)
gdb.printing.register_pretty_printer(None, printers, replace=True)
