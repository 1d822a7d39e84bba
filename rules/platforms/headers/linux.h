/*
 * The Linux kernel's network driver interface, as far as lengths need it. Written from the kernel's public
 * documentation (Documentation/networking, core-api) and the wire formats of the protocols; names, types,
 * values and the layouts of protocol headers are those of the interface, bodies are left out. Functions are
 * declared, never defined: what they do to a frame is said in linux.toml.
 */
#ifndef LENAUDIT_LINUX_H
#define LENAUDIT_LINUX_H

#include <stddef.h>
#include <stdarg.h>

/* ---- annotations: nothing to us ---- */
#define __init
#define __exit
#define __initdata
#define __initconst
#define __exitdata
#define __net_init
#define __net_exit
#define __devinit
#define __devexit
#define __devinitdata
#define __devexit_p(x) (x)
#define __exit_p(x) (x)
#define __meminit
#define __ref
#define __refdata
#define __user
#define __kernel
#define __iomem
#define __percpu
#define __rcu
#define __force
#define __nocast
#define __bitwise
#define __must_check
#define __must_hold(x)
#define __acquires(x)
#define __releases(x)
#define __acquire(x) ((void)0)
#define __release(x) ((void)0)
#define __maybe_unused
#define __always_unused
#define __unused
#define __used
#define __cold
#define __hot
#define __weak
#define __pure
#define __visible
#define __sched
#define __deprecated
#define __read_mostly
#define __ro_after_init
#define __packed __attribute__((packed))
#define __aligned(x) __attribute__((aligned(x)))
#define __printf(a, b)
#define __scanf(a, b)
#define __malloc
#define __attribute_const__
#define __noreturn
#define __section(x)
#define __alias(x)
#define __counted_by(x)
#define __free(x)
#define __randomize_layout
#define __no_randomize_layout
#define __no_kcsan
#define __no_sanitize_address
#define __bpf_kfunc
#define __nonstring
#define ____cacheline_aligned
#define ____cacheline_aligned_in_smp
#define ____cacheline_internodealigned_in_smp
#define ____cacheline_group_begin_aligned(x)
#define noinline
#define noinline_for_stack
#define __always_inline inline
#define asmlinkage
#define notrace
#define __inline inline
#ifndef fallthrough
#define fallthrough __attribute__((__fallthrough__))
#endif
#define likely(x) (x)
#define unlikely(x) (x)
#define barrier() ((void)0)
#define typeof __typeof__
#define READ_ONCE(x) (x)
#define WRITE_ONCE(x, value) ((x) = (value))
#define ACCESS_ONCE(x) (x)
#define smp_load_acquire(p) (*(p))
#define smp_store_release(p, v) (*(p) = (v))
#define rcu_dereference(p) (p)
#define rcu_dereference_bh(p) (p)
#define rcu_dereference_rtnl(p) (p)
#define rcu_dereference_raw(p) (p)
#define rcu_dereference_protected(p, c) (p)
#define rcu_access_pointer(p) (p)
#define rtnl_dereference(p) (p)
#define rcu_assign_pointer(p, v) ((p) = (v))
#define RCU_INIT_POINTER(p, v) ((p) = (v))
#define uninitialized_var(x) x
#define struct_group(name, ...) union { struct { __VA_ARGS__ }; struct { __VA_ARGS__ } name; }
#define struct_group_attr(name, attributes, ...) union { struct { __VA_ARGS__ } attributes; struct { __VA_ARGS__ } attributes name; }
#define struct_group_tagged(tag, name, ...) union { struct { __VA_ARGS__ }; struct tag { __VA_ARGS__ } name; }
#define DECLARE_FLEX_ARRAY(type, name) struct { struct { } lenaudit_empty_##name; type name[]; }
#define __DECLARE_FLEX_ARRAY(type, name) DECLARE_FLEX_ARRAY(type, name)
#define DECLARE_BITMAP(name, bits) unsigned long name[((bits) + 63) / 64]

void __lenaudit_assert(int holds);
#define BUG_ON(condition) __lenaudit_assert(!(condition))
#define VM_BUG_ON(condition) __lenaudit_assert(!(condition))
#define BUILD_BUG_ON(condition) ((void)0)
#define BUILD_BUG_ON_MSG(condition, text) ((void)0)
#define BUILD_BUG_ON_ZERO(condition) 0
#define static_assert(...) _Static_assert(1, "")
#define WARN_ON(condition) (!!(condition))
#define WARN_ON_ONCE(condition) (!!(condition))
#define WARN(condition, ...) (!!(condition))
#define WARN_ONCE(condition, ...) (!!(condition))
#define WARN_TAINT(condition, ...) (!!(condition))
#define DEBUG_NET_WARN_ON_ONCE(condition) ((void)0)
void BUG(void);
void panic(const char *format, ...);

/* Whoever loads the module may set the variable, so it is no constant: its address is taken. */
#define LENAUDIT_JOIN(a, b) a##b
#define LENAUDIT_TAKEN(variable, number) static const void *LENAUDIT_JOIN(lenaudit_taken_, number) = &(variable)
#define LENAUDIT_SET_AT_LOAD(variable) LENAUDIT_TAKEN(variable, __COUNTER__)
#define MODULE_LICENSE(x)
#define MODULE_AUTHOR(x)
#define MODULE_DESCRIPTION(x)
#define MODULE_VERSION(x)
#define MODULE_ALIAS(x)
#define MODULE_ALIAS_RTNL_LINK(x)
#define MODULE_ALIAS_MISCDEV(x)
#define MODULE_ALIAS_NETPROTO(x)
#define MODULE_ALIAS_LDISC(x)
#define MODULE_ALIAS_GENL_FAMILY(x)
#define MODULE_FIRMWARE(x)
#define MODULE_INFO(x, y)
#define MODULE_SOFTDEP(x)
#define MODULE_SUPPORTED_DEVICE(x)
#define MODULE_IMPORT_NS(x)
#define MODULE_PARM_DESC(name, text)
#define MODULE_PARM(name, type) LENAUDIT_SET_AT_LOAD(name)
#define MODULE_DEVICE_TABLE(bus, table)
#define module_param(name, type, mode) LENAUDIT_SET_AT_LOAD(name)
#define module_param_named(name, value, type, mode) LENAUDIT_SET_AT_LOAD(value)
#define module_param_array(name, type, count, mode) LENAUDIT_SET_AT_LOAD(name)
#define module_param_array_named(name, array, type, count, mode) LENAUDIT_SET_AT_LOAD(array)
#define module_param_string(name, text, length, mode) LENAUDIT_SET_AT_LOAD(text)
#define module_param_cb(name, ops, arg, mode)
#define module_param_hw(name, type, kind, mode) LENAUDIT_SET_AT_LOAD(name)
#define module_param_hw_array(name, type, kind, count, mode) LENAUDIT_SET_AT_LOAD(name)
#define module_init(x)
#define module_exit(x)
#define late_initcall(x)
#define subsys_initcall(x)
#define device_initcall(x)
#define fs_initcall(x)
#define arch_initcall(x)
#define module_pci_driver(x)
#define module_usb_driver(x)
#define module_platform_driver(x)
#define module_spi_driver(x)
#define module_i2c_driver(x)
#define module_virtio_driver(x)
#define module_driver(...)
#define mdio_module_driver(x)
#define module_phy_driver(x)
#define module_pcmcia_driver(x)
#define module_amba_driver(x)
#define module_mhi_driver(x)
#define builtin_platform_driver(x)
#define EXPORT_SYMBOL(x)
#define EXPORT_SYMBOL_GPL(x)
#define EXPORT_SYMBOL_NS(x, y)
#define EXPORT_SYMBOL_NS_GPL(x, y)
#define EXPORT_TRACEPOINT_SYMBOL(x)
#define ALLOW_ERROR_INJECTION(x, y)
#define THIS_MODULE ((struct module *)0)
#define KBUILD_MODNAME "module"
#define UTS_RELEASE ""
#define IS_ENABLED(option) 1
#define IS_BUILTIN(option) 1
#define IS_MODULE(option) 1
#define IS_REACHABLE(option) 1
#define KERNEL_VERSION(a, b, c) (((a) << 16) + ((b) << 8) + (c))
#define LINUX_VERSION_CODE KERNEL_VERSION(6, 1, 0)
#define DEFINE_MUTEX(name) struct mutex name
#define DEFINE_SPINLOCK(name) spinlock_t name
#define DEFINE_RWLOCK(name) rwlock_t name
#define DEFINE_SEMAPHORE(name) struct semaphore name
#define DEFINE_IDA(name) struct ida name
#define DEFINE_IDR(name) struct idr name
#define DEFINE_PER_CPU(type, name) type name
#define DEFINE_PCI_DEVICE_TABLE(name) const struct pci_device_id name[]
#define DECLARE_WORK(name, function) struct work_struct name = { .func = function }
#define DECLARE_DELAYED_WORK(name, function) struct delayed_work name
#define DECLARE_TASKLET(name, function) struct tasklet_struct name
#define DECLARE_COMPLETION(name) struct completion name
#define DECLARE_COMPLETION_ONSTACK(name) struct completion name
#define DECLARE_WAIT_QUEUE_HEAD(name) wait_queue_head_t name
#define DECLARE_WAITQUEUE(name, task) struct wait_queue_entry name
#define DEFINE_WAIT(name) struct wait_queue_entry name
#define DECLARE_RWSEM(name) struct rw_semaphore name
#define DEFINE_TIMER(name, function) struct timer_list name
#define DEFINE_STATIC_KEY_FALSE(name) struct static_key name
#define DEFINE_STATIC_KEY_TRUE(name) struct static_key name
#define DEFINE_DMA_UNMAP_ADDR(name) dma_addr_t name
#define DEFINE_DMA_UNMAP_LEN(name) __u32 name
#define DEFINE_RATELIMIT_STATE(name, a, b) struct ratelimit_state name
#define LIST_HEAD(name) struct list_head name = { &name, &name }
#define LIST_HEAD_INIT(name) { &(name), &(name) }
#define HLIST_HEAD(name) struct hlist_head name
#define SIMPLE_DEV_PM_OPS(name, suspend, resume) const struct dev_pm_ops name
#define DEFINE_SIMPLE_DEV_PM_OPS(name, suspend, resume) const struct dev_pm_ops name
#define DEVICE_ATTR(name, mode, show, store) struct device_attribute dev_attr_##name
#define DEVICE_ATTR_RO(name) struct device_attribute dev_attr_##name
#define DEVICE_ATTR_RW(name) struct device_attribute dev_attr_##name
#define DEVICE_ATTR_WO(name) struct device_attribute dev_attr_##name
#define DEFINE_SHOW_ATTRIBUTE(name) const struct file_operations name##_fops
#define ATOMIC_INIT(x) { (x) }
#define __SPIN_LOCK_UNLOCKED(x) { 0 }
#define __MUTEX_INITIALIZER(x) { 0 }
#define set_current_state(x) ((void)(x))
#define __set_current_state(x) ((void)(x))
#define wait_event(queue, condition) ((void)(condition))
#define wait_event_interruptible(queue, condition) ((condition) ? 0 : -ERESTARTSYS)
#define wait_event_timeout(queue, condition, timeout) ((condition) ? 1L : 0L)
#define wait_event_interruptible_timeout(queue, condition, timeout) ((condition) ? 1L : 0L)

/* ---- integers ---- */
typedef unsigned char __u8, u8, uint8_t, u_int8_t, u_char, unchar;
typedef unsigned short __u16, u16, uint16_t, u_int16_t, u_short, ushort, umode_t, sa_family_t, __sum16;
typedef unsigned int __u32, u32, uint32_t, u_int32_t, u_int, uint, __wsum, gfp_t, fmode_t, dev_t, __poll_t;
typedef unsigned long long __u64, u64, uint64_t, u_int64_t, dma_addr_t, phys_addr_t, resource_size_t, netdev_features_t;
typedef signed char __s8, s8, int8_t;
typedef short __s16, s16, int16_t;
typedef int __s32, s32, int32_t, pid_t, netdev_tx_t, irqreturn_t, pm_message_state, __kernel_pid_t, rx_handler_result_t, pci_power_t, pci_channel_state_t, pci_ers_result_t, phy_interface_t;
typedef long long __s64, s64, int64_t, loff_t, ktime_t, time64_t;
typedef long ssize_t, off_t, time_t;
typedef unsigned long ulong, u_long, uintptr_t, kernel_ulong_t, pgoff_t, cycles_t;
typedef __u16 __le16, __be16;
typedef __u32 __le32, __be32;
typedef __u64 __le64, __be64;
#ifndef __cplusplus
typedef _Bool bool;
enum { false = 0, true = 1 };
#endif
#define U8_MAX ((u8)~0U)
#define U16_MAX ((u16)~0U)
#define U32_MAX ((u32)~0U)
#define S32_MAX ((s32)(U32_MAX >> 1))
#define U64_MAX ((u64)~0ULL)
#define USHRT_MAX ((unsigned short)~0U)
#define SHRT_MAX ((short)(USHRT_MAX >> 1))
#define INT_MAX ((int)(~0U >> 1))
#define INT_MIN (-INT_MAX - 1)
#define UINT_MAX (~0U)
#define LONG_MAX ((long)(~0UL >> 1))
#define ULONG_MAX (~0UL)
#define LLONG_MAX ((long long)(~0ULL >> 1))
#define ULLONG_MAX (~0ULL)
#define SIZE_MAX (~(size_t)0)
#define CHAR_BIT 8
#define BITS_PER_BYTE 8
#define BITS_PER_LONG 64
#define BITS_TO_LONGS(x) (((x) + 63) / 64)
#define BITS_TO_BYTES(x) (((x) + 7) / 8)
#define HZ 250
#define PAGE_SHIFT 12
#define PAGE_SIZE (1UL << PAGE_SHIFT)
#define PAGE_MASK (~(PAGE_SIZE - 1))
#define L1_CACHE_BYTES 64
#define SMP_CACHE_BYTES 64
#define NR_CPUS 64
#define SZ_1K 0x400
#define SZ_2K 0x800
#define SZ_4K 0x1000
#define SZ_8K 0x2000
#define SZ_16K 0x4000
#define SZ_32K 0x8000
#define SZ_64K 0x10000
#define SZ_1M 0x100000
#define BIT(n) (1UL << (n))
#define BIT_ULL(n) (1ULL << (n))
#define BIT_MASK(n) (1UL << ((n) % 64))
#define GENMASK(h, l) (((~0UL) << (l)) & (~0UL >> (63 - (h))))
#define GENMASK_ULL(h, l) (((~0ULL) << (l)) & (~0ULL >> (63 - (h))))
#define FIELD_GET(mask, reg) (((reg) & (mask)) >> __builtin_ctzll(mask))
#define FIELD_PREP(mask, value) (((unsigned long long)(value) << __builtin_ctzll(mask)) & (mask))
#define ARRAY_SIZE(a) (sizeof(a) / sizeof((a)[0]))
#define sizeof_field(type, member) sizeof(((type *)0)->member)
#define FIELD_SIZEOF(type, member) sizeof(((type *)0)->member)
#define offsetofend(type, member) (offsetof(type, member) + sizeof_field(type, member))
#define struct_size(p, member, count) (sizeof(*(p)) + sizeof((p)->member[0]) * (count))
#define flex_array_size(p, member, count) (sizeof((p)->member[0]) * (count))
#define array_size(a, b) ((size_t)(a) * (b))
#define size_add(a, b) ((size_t)(a) + (b))
#define size_mul(a, b) ((size_t)(a) * (b))
#define container_of(pointer, type, member) ((type *)((char *)(pointer) - offsetof(type, member)))
#define container_of_const(pointer, type, member) container_of(pointer, type, member)
#define to_delayed_work(w) container_of(w, struct delayed_work, work)
#define from_timer(var, callback, field) container_of(callback, typeof(*var), field)
#define from_tasklet(var, callback, field) container_of(callback, typeof(*var), field)
#define min(a, b) ((a) < (b) ? (a) : (b))
#define max(a, b) ((a) > (b) ? (a) : (b))
#define min3(a, b, c) min(min(a, b), c)
#define max3(a, b, c) max(max(a, b), c)
#define min_t(type, a, b) ((type)(a) < (type)(b) ? (type)(a) : (type)(b))
#define max_t(type, a, b) ((type)(a) > (type)(b) ? (type)(a) : (type)(b))
#define min_not_zero(a, b) ((a) == 0 ? (b) : (b) == 0 ? (a) : min(a, b))
#define clamp(v, low, high) min(max(v, low), high)
#define clamp_t(type, v, low, high) min_t(type, max_t(type, v, low), high)
#define clamp_val(v, low, high) clamp_t(typeof(v), v, low, high)
#define swap(a, b) do { typeof(a) lenaudit_old = (a); (a) = (b); (b) = lenaudit_old; } while (0)
#define abs(x) ((x) < 0 ? -(x) : (x))
#define DIV_ROUND_UP(n, d) (((n) + (d) - 1) / (d))
#define DIV_ROUND_CLOSEST(n, d) (((n) + (d) / 2) / (d))
#define roundup(x, y) ((((x) + (y) - 1) / (y)) * (y))
#define rounddown(x, y) ((x) - (x) % (y))
#define round_up(x, y) ((((x) - 1) | ((typeof(x))(y) - 1)) + 1)
#define round_down(x, y) ((x) & ~((typeof(x))(y) - 1))
#define ALIGN(x, a) (((x) + (typeof(x))(a) - 1) & ~((typeof(x))(a) - 1))
#define ALIGN_DOWN(x, a) ((x) & ~((typeof(x))(a) - 1))
#define IS_ALIGNED(x, a) (((x) & ((typeof(x))(a) - 1)) == 0)
#define PTR_ALIGN(p, a) ((typeof(p))ALIGN((unsigned long)(p), (a)))
#define L1_CACHE_ALIGN(x) ALIGN(x, L1_CACHE_BYTES)
#define SKB_DATA_ALIGN(x) ALIGN(x, SMP_CACHE_BYTES)
#define lower_32_bits(n) ((u32)(n))
#define upper_32_bits(n) ((u32)(((n) >> 16) >> 16))
#define check_add_overflow(a, b, d) __builtin_add_overflow(a, b, d)
#define check_sub_overflow(a, b, d) __builtin_sub_overflow(a, b, d)
#define check_mul_overflow(a, b, d) __builtin_mul_overflow(a, b, d)
#define ntohs(x) ((__u16)__builtin_bswap16((__u16)(x)))
#define htons(x) ((__be16)__builtin_bswap16((__u16)(x)))
#define ntohl(x) ((__u32)__builtin_bswap32((__u32)(x)))
#define htonl(x) ((__be32)__builtin_bswap32((__u32)(x)))
#define cpu_to_be16(x) ((__be16)__builtin_bswap16((__u16)(x)))
#define be16_to_cpu(x) ((__u16)__builtin_bswap16((__u16)(x)))
#define cpu_to_be32(x) ((__be32)__builtin_bswap32((__u32)(x)))
#define be32_to_cpu(x) ((__u32)__builtin_bswap32((__u32)(x)))
#define cpu_to_be64(x) ((__be64)__builtin_bswap64((__u64)(x)))
#define be64_to_cpu(x) ((__u64)__builtin_bswap64((__u64)(x)))
#define __constant_htons(x) htons(x)
#define __constant_ntohs(x) ntohs(x)
#define __constant_htonl(x) htonl(x)
#define __constant_cpu_to_be16(x) htons(x)
#define __constant_cpu_to_be32(x) htonl(x)
#define __cpu_to_be16(x) htons(x)
#define __be16_to_cpu(x) ntohs(x)
#define __cpu_to_be32(x) htonl(x)
#define __be32_to_cpu(x) ntohl(x)
#define swab16(x) ((__u16)__builtin_bswap16((__u16)(x)))
#define __swab16(x) ((__u16)__builtin_bswap16((__u16)(x)))
#define swab32(x) ((__u32)__builtin_bswap32((__u32)(x)))
#define __swab32(x) ((__u32)__builtin_bswap32((__u32)(x)))
#define be16_to_cpup(p) be16_to_cpu(*(p))
#define be32_to_cpup(p) be32_to_cpu(*(p))
#define le16_to_cpup(p) (*(const __le16 *)(p))
#define le32_to_cpup(p) (*(const __le32 *)(p))
#define le64_to_cpup(p) (*(const __le64 *)(p))
#define cpu_to_le16(x) ((__le16)(x))
#define le16_to_cpu(x) ((__u16)(x))
#define cpu_to_le32(x) ((__le32)(x))
#define le32_to_cpu(x) ((__u32)(x))
#define cpu_to_le64(x) ((__le64)(x))
#define le64_to_cpu(x) ((__u64)(x))
#define __cpu_to_le16(x) ((__le16)(x))
#define __le16_to_cpu(x) ((__u16)(x))
#define __cpu_to_le32(x) ((__le32)(x))
#define __le32_to_cpu(x) ((__u32)(x))
#define __constant_cpu_to_le16(x) ((__le16)(x))
#define __constant_cpu_to_le32(x) ((__le32)(x))
#define cpu_to_le16s(p) ((void)(p))
#define cpu_to_le32s(p) ((void)(p))
#define le16_to_cpus(p) ((void)(p))
#define le32_to_cpus(p) ((void)(p))
#define __LITTLE_ENDIAN 1234
#define __LITTLE_ENDIAN_BITFIELD 1
#define __BYTE_ORDER __LITTLE_ENDIAN
u16 get_unaligned_be16(const void *p);
u32 get_unaligned_be32(const void *p);
u64 get_unaligned_be64(const void *p);
u16 get_unaligned_le16(const void *p);
u32 get_unaligned_le32(const void *p);
u64 get_unaligned_le64(const void *p);
#define get_unaligned(p) (*(p))
#define put_unaligned(value, p) (*(p) = (value))

#include "linux_kernel.h"
#include "linux_net.h"
#endif
