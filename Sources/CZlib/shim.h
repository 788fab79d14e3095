#ifndef RAIREKI_CZLIB_SHIM_H
#define RAIREKI_CZLIB_SHIM_H

#include <zlib.h>

/* A macro with sizeof is not visible from Swift. */
static inline int raireki_inflateInit2(z_stream *stream, int window_bits) { return inflateInit2(stream, window_bits); }

#endif
