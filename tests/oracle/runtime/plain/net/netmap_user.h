/* netmap's user interface, as far as a port can be named. */
#ifndef ORACLE_NETMAP_USER_H
#define ORACLE_NETMAP_USER_H
struct nm_desc { int fd; };
#endif
