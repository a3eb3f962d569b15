// Takes away what config.hpp defined. Included at the end of every header; no include guard on
// purpose.

#undef F8_HOST_FN
#undef F8_FN
#undef F8_HAS_FLOAT16
#undef F8_HAS_BFLOAT16
#undef F8_HAS_CHAR8
#undef F8_HAS_INT128
#undef F8_HAS_FMA
#undef F8_HAS_EXCEPTIONS
#undef F8_HAS_FORMAT
#undef F8_DEPRECATED_BEGIN
#undef F8_DEPRECATED_END
