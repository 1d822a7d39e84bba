/* C: assertions, kept visible as a call (ISO C11 7.2). */
#ifndef LENAUDIT_ASSERT_H
#define LENAUDIT_ASSERT_H
#ifdef __cplusplus
extern "C"
#endif
void __lenaudit_assert(int holds);
#define assert(condition) __lenaudit_assert(!!(condition))
#define static_assert _Static_assert
#endif
