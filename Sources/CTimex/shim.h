// glibc's module map does not have this header: adjtimex(2).
#include <sys/timex.h>
