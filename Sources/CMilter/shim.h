#ifndef CMILTER_SHIM_H
#define CMILTER_SHIM_H

#include <stddef.h>

#include <libmilter/mfapi.h>

// smfi_setmlreply is variadic, and Swift cannot call variadic C functions.
// libmilter accepts at most 32 lines. Unused ones are NULL, which ends the list.
static inline int CMilter_setmlreply(
    SMFICTX *context, const char *code, const char *enhanced, const char *const *lines,
    int count) {
    const char *l[32] = {0};
    for (int i = 0; i < count && i < 32; i++) {
        l[i] = lines[i];
    }
    return smfi_setmlreply(
        context, code, enhanced, l[0], l[1], l[2], l[3], l[4], l[5], l[6], l[7], l[8], l[9],
        l[10], l[11], l[12], l[13], l[14], l[15], l[16], l[17], l[18], l[19], l[20], l[21],
        l[22], l[23], l[24], l[25], l[26], l[27], l[28], l[29], l[30], l[31], NULL);
}

// libmilter only reads these strings, but its header declares them without const.
static inline const char *CMilter_getsymval(SMFICTX *context, const char *name) {
    return smfi_getsymval(context, (char *)name);
}
static inline int CMilter_setsymlist(SMFICTX *context, int stage, const char *names) {
    return smfi_setsymlist(context, stage, (char *)names);
}
static inline int CMilter_delrcpt(SMFICTX *context, const char *recipient) {
    return smfi_delrcpt(context, (char *)recipient);
}
static inline int CMilter_setconn(const char *connection) {
    return smfi_setconn((char *)connection);
}

#endif
