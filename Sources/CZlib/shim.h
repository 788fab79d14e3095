#ifndef RAIREKI_CZLIB_SHIM_H
#define RAIREKI_CZLIB_SHIM_H

#include <zlib.h>

/* A macro with sizeof is not visible from Swift. */
static inline int raireki_inflateInit2(z_stream *stream, int window_bits) { return inflateInit2(stream, window_bits); }
/* A macro that passes the size of the structure, which Swift does not see. */
static inline int raireki_inflateInit(z_stream *stream) { return inflateInit(stream); }

#endif
