#ifndef CGPGME_SHIM_H
#define CGPGME_SHIM_H

#include <gpgme.h>
#include <locale.h>
#include <stddef.h>

// gpgme_check_version is a macro that checks the layout of bit fields as well,
// and Swift would call the function of the same name that does not.
static inline const char *CGPGME_check_version(const char *required) {
    return gpgme_check_version(required);
}

#endif
