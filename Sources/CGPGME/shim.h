#ifndef CGPGME_SHIM_H
#define CGPGME_SHIM_H

#include <gpgme.h>
#include <locale.h>
#include <stddef.h>

// gpgme_check_version is a macro and a function. Only the macro also checks the
// layout of bit fields, and Swift can call only the function.
static inline const char *CGPGME_check_version(const char *required) {
    return gpgme_check_version(required);
}

#endif
