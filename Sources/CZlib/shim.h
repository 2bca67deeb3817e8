#ifndef CZLIB_SHIM_H
#define CZLIB_SHIM_H

#include <zlib.h>

// inflateInit2 is a macro, and Swift cannot call function-like macros.
static inline int CZlib_inflateInit(z_stream *stream, int windowBits) {
    return inflateInit2(stream, windowBits);
}

#endif
