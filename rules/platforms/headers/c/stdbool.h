/* Freestanding C: booleans (ISO C11 7.18). */
#ifndef LENAUDIT_STDBOOL_H
#define LENAUDIT_STDBOOL_H
#ifndef __cplusplus
#define bool _Bool
#define true 1
#define false 0
#endif
#endif
