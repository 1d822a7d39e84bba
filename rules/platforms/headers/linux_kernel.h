/* The parts of the Linux kernel's core that network drivers touch: lists, locks, memory, buses, errors. */
#ifndef LENAUDIT_LINUX_KERNEL_H
#define LENAUDIT_LINUX_KERNEL_H

struct module; struct device_node; struct fwnode_handle; struct class; struct page; struct kmem_cache; struct seq_file;
struct inode; struct dentry; struct net; struct sock; struct device; struct pci_dev; struct urb; struct usb_interface;
struct usb_device; struct platform_device; struct iov_iter; struct kiocb; struct file; struct sk_buff; struct net_device;

/* ---- errors (errno(3)) ---- */
#define EPERM 1
#define ENOENT 2
#define ESRCH 3
#define EINTR 4
#define EIO 5
#define ENXIO 6
#define E2BIG 7
#define EBADF 9
#define EAGAIN 11
#define EWOULDBLOCK EAGAIN
#define ENOMEM 12
#define EACCES 13
#define EFAULT 14
#define EBUSY 16
#define EEXIST 17
#define EXDEV 18
#define ENODEV 19
#define ENOTDIR 20
#define EINVAL 22
#define EFBIG 27
#define ENOSPC 28
#define EPIPE 32
#define EDOM 33
#define ERANGE 34
#define ENOSYS 38
#define ENOMSG 42
#define ENOLINK 67
#define ECOMM 70
#define EPROTO 71
#define EBADMSG 74
#define EOVERFLOW 75
#define EILSEQ 84
#define EMSGSIZE 90
#define EPROTONOSUPPORT 93
#define EOPNOTSUPP 95
#define EAFNOSUPPORT 97
#define EADDRINUSE 98
#define EADDRNOTAVAIL 99
#define ENETDOWN 100
#define ENETUNREACH 101
#define ECONNABORTED 103
#define ECONNRESET 104
#define ENOBUFS 105
#define EISCONN 106
#define ENOTCONN 107
#define ESHUTDOWN 108
#define ETIMEDOUT 110
#define ECONNREFUSED 111
#define EHOSTDOWN 112
#define EHOSTUNREACH 113
#define EALREADY 114
#define EINPROGRESS 115
#define EREMOTEIO 121
#define ENOMEDIUM 123
#define ECANCELED 125
#define ERESTARTSYS 512
#define EPROBE_DEFER 517
#define ENOTSUPP 524
#define ENODATA 61
#define ETIME 62
#define ENOSR 63
#define ENOTBLK 15

/* ---- lists, locks, time ---- */
struct list_head { struct list_head *next, *prev; };
struct hlist_node { struct hlist_node *next, **pprev; };
struct hlist_head { struct hlist_node *first; };
struct llist_node { struct llist_node *next; };
struct llist_head { struct llist_node *first; };
struct rb_node { unsigned long color; struct rb_node *right, *left; };
struct rb_root { struct rb_node *node; };
struct rcu_head { struct rcu_head *next; void (*func)(struct rcu_head *head); };
#define callback_head rcu_head
typedef struct { int counter; } atomic_t;
typedef struct { long long counter; } atomic64_t, atomic_long_t, local_t, u64_stats_t;
typedef struct { int refs; } refcount_t;
typedef struct spinlock { int lock; } spinlock_t, raw_spinlock_t, rwlock_t, seqlock_t, seqcount_t;
struct mutex { int lock; };
struct semaphore { int count; };
struct rw_semaphore { int count; };
struct kref { refcount_t refcount; };
struct completion { unsigned int done; };
struct wait_queue_entry { struct list_head entry; };
typedef struct wait_queue_head { spinlock_t lock; struct list_head head; } wait_queue_head_t;
struct timer_list { struct hlist_node entry; unsigned long expires; void (*function)(struct timer_list *timer); unsigned long data; u32 flags; };
struct hrtimer { ktime_t expires; int (*function)(struct hrtimer *timer); };
struct work_struct { unsigned long data; struct list_head entry; void (*func)(struct work_struct *work); };
struct delayed_work { struct work_struct work; struct timer_list timer; };
struct workqueue_struct;
struct tasklet_struct { struct tasklet_struct *next; unsigned long state; atomic_t count; void (*func)(unsigned long data); unsigned long data; };
struct u64_stats_sync { int seq; };
struct ratelimit_state { int interval; };
struct static_key { int enabled; };
struct idr { int base; };
struct ida { int base; };
struct timespec64 { s64 tv_sec; long tv_nsec; };
struct timeval { long tv_sec; long tv_usec; };
typedef int (*work_func_t)(struct work_struct *work);
extern unsigned long volatile jiffies;
#define time_after(a, b) ((long)((b) - (a)) < 0)
#define time_before(a, b) time_after(b, a)
#define time_after_eq(a, b) ((long)((a) - (b)) >= 0)
#define time_before_eq(a, b) time_after_eq(b, a)
#define list_entry(pointer, type, member) container_of(pointer, type, member)
#define list_first_entry(head, type, member) list_entry((head)->next, type, member)
#define list_last_entry(head, type, member) list_entry((head)->prev, type, member)
#define list_next_entry(pos, member) list_entry((pos)->member.next, typeof(*(pos)), member)
#define list_first_entry_or_null(head, type, member) (list_empty(head) ? (type *)0 : list_first_entry(head, type, member))
#define list_for_each(pos, head) for (pos = (head)->next; pos != (head); pos = pos->next)
#define list_for_each_safe(pos, n, head) for (pos = (head)->next, n = pos->next; pos != (head); pos = n, n = pos->next)
#define list_for_each_entry(pos, head, member) \
    for (pos = list_first_entry(head, typeof(*pos), member); &pos->member != (head); pos = list_next_entry(pos, member))
#define list_for_each_entry_safe(pos, n, head, member) \
    for (pos = list_first_entry(head, typeof(*pos), member), n = list_next_entry(pos, member); &pos->member != (head); \
         pos = n, n = list_next_entry(n, member))
#define list_for_each_entry_rcu(pos, head, member, ...) list_for_each_entry(pos, head, member)
#define list_for_each_entry_reverse(pos, head, member) list_for_each_entry(pos, head, member)
#define list_for_each_entry_continue(pos, head, member) \
    for (pos = list_next_entry(pos, member); &pos->member != (head); pos = list_next_entry(pos, member))
#define hlist_entry(pointer, type, member) container_of(pointer, type, member)
#define hlist_for_each_entry(pos, head, member) \
    for (pos = hlist_entry((head)->first, typeof(*(pos)), member); pos; pos = hlist_entry((pos)->member.next, typeof(*(pos)), member))
#define hlist_for_each_entry_rcu(pos, head, member, ...) hlist_for_each_entry(pos, head, member)
#define hlist_for_each_entry_safe(pos, n, head, member) \
    for (pos = hlist_entry((head)->first, typeof(*(pos)), member); pos && ((n = (pos)->member.next), 1); pos = hlist_entry(n, typeof(*(pos)), member))
#define rb_entry(pointer, type, member) container_of(pointer, type, member)
#define for_each_set_bit(bit, address, size) for ((bit) = 0; (bit) < (size); (bit)++)
#define for_each_clear_bit(bit, address, size) for ((bit) = 0; (bit) < (size); (bit)++)
#define for_each_possible_cpu(cpu) for ((cpu) = 0; (cpu) < NR_CPUS; (cpu)++)
#define for_each_online_cpu(cpu) for ((cpu) = 0; (cpu) < NR_CPUS; (cpu)++)
#define for_each_present_cpu(cpu) for ((cpu) = 0; (cpu) < NR_CPUS; (cpu)++)
#define spin_lock_irqsave(lock, flags) ((void)(lock), (flags) = 0)
#define spin_unlock_irqrestore(lock, flags) ((void)(lock), (void)(flags))
#define spin_trylock_irqsave(lock, flags) ((flags) = 0, 1)
#define read_lock_irqsave(lock, flags) ((void)(lock), (flags) = 0)
#define read_unlock_irqrestore(lock, flags) ((void)(lock), (void)(flags))
#define write_lock_irqsave(lock, flags) ((void)(lock), (flags) = 0)
#define write_unlock_irqrestore(lock, flags) ((void)(lock), (void)(flags))
#define local_irq_save(flags) ((flags) = 0)
#define local_irq_restore(flags) ((void)(flags))
#define guard(kind) (void)
#define scoped_guard(kind, ...)
int list_empty(const struct list_head *head);

/* ---- memory, strings, errors as pointers ---- */
#define GFP_KERNEL 0xcc0u
#define GFP_ATOMIC 0x820u
#define GFP_NOIO 0xc00u
#define GFP_NOWAIT 0x800u
#define GFP_DMA 0x01u
#define GFP_DMA32 0x04u
#define GFP_USER 0x100cc0u
#define __GFP_ZERO 0x100u
#define __GFP_NOWARN 0x2000u
#define __GFP_COMP 0x40000u
#define __GFP_NOFAIL 0x8000u
#define __GFP_NORETRY 0x10000u
#define __GFP_MEMALLOC 0x20000u
void *kmalloc(size_t size, gfp_t flags);
void *kzalloc(size_t size, gfp_t flags);
void *kcalloc(size_t count, size_t size, gfp_t flags);
void *kmalloc_array(size_t count, size_t size, gfp_t flags);
void *kmalloc_node(size_t size, gfp_t flags, int node);
void *kzalloc_node(size_t size, gfp_t flags, int node);
void *kvmalloc(size_t size, gfp_t flags);
void *kvzalloc(size_t size, gfp_t flags);
void *kvcalloc(size_t count, size_t size, gfp_t flags);
void *krealloc(const void *p, size_t size, gfp_t flags);
void *kmemdup(const void *from, size_t size, gfp_t flags);
char *kstrdup(const char *text, gfp_t flags);
char *kasprintf(gfp_t flags, const char *format, ...);
void *vmalloc(unsigned long size);
void *vzalloc(unsigned long size);
void *memdup_user(const void *from, size_t size);
void *devm_kzalloc(struct device *device, size_t size, gfp_t flags);
void *devm_kmalloc(struct device *device, size_t size, gfp_t flags);
void *devm_kcalloc(struct device *device, size_t count, size_t size, gfp_t flags);
void *kmem_cache_alloc(struct kmem_cache *cache, gfp_t flags);
void *dma_alloc_coherent(struct device *device, size_t size, dma_addr_t *handle, gfp_t flags);
dma_addr_t dma_map_single(struct device *device, void *address, size_t size, int direction);
dma_addr_t dma_map_page(struct device *device, struct page *page, size_t offset, size_t size, int direction);
void kfree(const void *p);
void kvfree(const void *p);
void vfree(const void *p);
struct page *alloc_page(gfp_t flags);
struct page *alloc_pages(gfp_t flags, unsigned int order);
struct page *dev_alloc_page(void);
struct page *virt_to_page(const void *address);
struct page *virt_to_head_page(const void *address);
void *page_address(const struct page *page);
void *kmap(struct page *page);
void *kmap_atomic(struct page *page);
void *kmap_local_page(struct page *page);
void *ioremap(phys_addr_t address, size_t size);
void *pci_iomap(struct pci_dev *device, int bar, unsigned long size);
void *phys_to_virt(phys_addr_t address);
void *bus_to_virt(unsigned long address);
void *memcpy(void *to, const void *from, size_t size);
void *memmove(void *to, const void *from, size_t size);
void *memset(void *at, int value, size_t size);
int memcmp(const void *left, const void *right, size_t size);
void *memchr(const void *at, int value, size_t size);
size_t strlen(const char *text);
size_t strnlen(const char *text, size_t size);
int strcmp(const char *left, const char *right);
int strncmp(const char *left, const char *right, size_t size);
char *strcpy(char *to, const char *from);
char *strncpy(char *to, const char *from, size_t size);
char *strchr(const char *text, int value);
char *strstr(const char *text, const char *part);
char *strsep(char **text, const char *separators);
int sprintf(char *to, const char *format, ...);
int snprintf(char *to, size_t size, const char *format, ...);
unsigned long copy_from_user(void *to, const void *from, unsigned long size);
unsigned long copy_to_user(void *to, const void *from, unsigned long size);
void *ERR_PTR(long error);
void *ERR_CAST(const void *p);
long PTR_ERR(const void *p);
int PTR_ERR_OR_ZERO(const void *p);
bool IS_ERR(const void *p);
bool IS_ERR_OR_NULL(const void *p);
#define PTR_ERR_OR_NULL(p) PTR_ERR(p)
#define per_cpu_ptr(p, cpu) (p)
#define this_cpu_ptr(p) (p)
#define raw_cpu_ptr(p) (p)
#define get_cpu_ptr(p) (p)
#define per_cpu(variable, cpu) (variable)
#define this_cpu_inc(x) ((x)++)
#define this_cpu_add(x, n) ((x) += (n))
#define this_cpu_read(x) (x)
#define alloc_percpu(type) ((type *)lenaudit_percpu(sizeof(type)))
#define netdev_alloc_pcpu_stats(type) ((type *)lenaudit_percpu(sizeof(type)))
#define devm_alloc_percpu(device, type) ((type *)lenaudit_percpu(sizeof(type)))
void *lenaudit_percpu(size_t size);

/* ---- printing ---- */
#define KERN_EMERG ""
#define KERN_ALERT ""
#define KERN_CRIT ""
#define KERN_ERR ""
#define KERN_WARNING ""
#define KERN_NOTICE ""
#define KERN_INFO ""
#define KERN_DEBUG ""
#define KERN_CONT ""
#define KERN_DEFAULT ""
int printk(const char *format, ...);

/* ---- devices and buses ---- */
struct kobject { const char *name; struct list_head entry; struct kobject *parent; };
struct attribute { const char *name; umode_t mode; };
struct attribute_group { const char *name; struct attribute **attrs; };
struct dev_pm_ops { int (*suspend)(struct device *device); int (*resume)(struct device *device); };
struct device_driver { const char *name; const void *bus; struct module *owner; const struct of_device_id *of_match_table; const void *acpi_match_table; const struct dev_pm_ops *pm; const struct attribute_group **dev_groups; int probe_type; };
struct device { struct device *parent; struct kobject kobj; const char *init_name; const void *type; void *bus; struct device_driver *driver; void *platform_data; void *driver_data; u64 *dma_mask; u64 coherent_dma_mask; struct device_node *of_node; struct fwnode_handle *fwnode; struct class *class; const struct attribute_group **groups; void (*release)(struct device *device); int numa_node; dev_t devt; };
struct device_attribute { struct attribute attr; ssize_t (*show)(struct device *device, struct device_attribute *attribute, char *buffer); ssize_t (*store)(struct device *device, struct device_attribute *attribute, const char *buffer, size_t count); };
struct resource { resource_size_t start, end; const char *name; unsigned long flags; };
struct of_device_id { char name[32]; char type[32]; char compatible[128]; const void *data; };
struct platform_device { const char *name; int id; struct device dev; u32 num_resources; struct resource *resource; const void *id_entry; };
struct platform_driver { int (*probe)(struct platform_device *device); int (*remove)(struct platform_device *device); void (*shutdown)(struct platform_device *device); int (*suspend)(struct platform_device *device, int state); int (*resume)(struct platform_device *device); struct device_driver driver; const void *id_table; };
struct pci_device_id { u32 vendor, device, subvendor, subdevice, class, class_mask; kernel_ulong_t driver_data; u32 override_only; };
struct pci_bus { struct pci_bus *parent; unsigned char number; struct pci_dev *self; };
struct pci_dev { struct pci_bus *bus; unsigned int devfn; unsigned short vendor, device, subsystem_vendor, subsystem_device; unsigned int class; u8 revision, hdr_type, pin, pcie_cap, msix_cap, pm_cap; unsigned int irq; struct resource resource[17]; struct device dev; int current_state; int error_state; unsigned int msi_enabled : 1, msix_enabled : 1, is_virtfn : 1, is_physfn : 1; u64 dma_mask; };
struct pci_driver { const char *name; const struct pci_device_id *id_table; int (*probe)(struct pci_dev *device, const struct pci_device_id *id); void (*remove)(struct pci_dev *device); int (*suspend)(struct pci_dev *device, int state); int (*resume)(struct pci_dev *device); void (*shutdown)(struct pci_dev *device); int (*sriov_configure)(struct pci_dev *device, int count); const void *err_handler; struct device_driver driver; };
#define PCI_ANY_ID (~0u)
#define PCI_DEVICE(vendor_id, device_id) .vendor = (vendor_id), .device = (device_id), .subvendor = PCI_ANY_ID, .subdevice = PCI_ANY_ID
#define PCI_VDEVICE(vendor_name, device_id) .vendor = 0, .device = (device_id), .subvendor = PCI_ANY_ID, .subdevice = PCI_ANY_ID, 0, 0
struct usb_device_id { u16 match_flags, idVendor, idProduct, bcdDevice_lo, bcdDevice_hi; u8 bDeviceClass, bDeviceSubClass, bDeviceProtocol, bInterfaceClass, bInterfaceSubClass, bInterfaceProtocol, bInterfaceNumber; kernel_ulong_t driver_info; };
#define USB_DEVICE(vendor_id, product_id) .match_flags = 3, .idVendor = (vendor_id), .idProduct = (product_id)
#define USB_DEVICE_AND_INTERFACE_INFO(v, p, c, s, r) .match_flags = 0x383, .idVendor = (v), .idProduct = (p), .bInterfaceClass = (c), .bInterfaceSubClass = (s), .bInterfaceProtocol = (r)
#define USB_DEVICE_INTERFACE_NUMBER(v, p, n) .match_flags = 0x403, .idVendor = (v), .idProduct = (p), .bInterfaceNumber = (n)
#define USB_VENDOR_AND_INTERFACE_INFO(v, c, s, r) .match_flags = 0x381, .idVendor = (v), .bInterfaceClass = (c), .bInterfaceSubClass = (s), .bInterfaceProtocol = (r)
#define USB_INTERFACE_INFO(c, s, r) .match_flags = 0x380, .bInterfaceClass = (c), .bInterfaceSubClass = (s), .bInterfaceProtocol = (r)
struct usb_endpoint_descriptor { u8 bLength, bDescriptorType, bEndpointAddress, bmAttributes; __le16 wMaxPacketSize; u8 bInterval; } __packed;
struct usb_host_endpoint { struct usb_endpoint_descriptor desc; unsigned char *extra; int extralen; };
struct usb_interface_descriptor { u8 bLength, bDescriptorType, bInterfaceNumber, bAlternateSetting, bNumEndpoints, bInterfaceClass, bInterfaceSubClass, bInterfaceProtocol, iInterface; } __packed;
struct usb_device_descriptor { u8 bLength, bDescriptorType; __le16 bcdUSB; u8 bDeviceClass, bDeviceSubClass, bDeviceProtocol, bMaxPacketSize0; __le16 idVendor, idProduct, bcdDevice; u8 iManufacturer, iProduct, iSerialNumber, bNumConfigurations; } __packed;
struct usb_host_interface { struct usb_interface_descriptor desc; int extralen; unsigned char *extra; struct usb_host_endpoint *endpoint; };
struct usb_interface { struct usb_host_interface *altsetting, *cur_altsetting; unsigned num_altsetting; struct device dev; int needs_remote_wakeup; };
struct usb_device { int devnum; int speed; struct usb_device_descriptor descriptor; struct device dev; struct usb_host_config *actconfig, *config; struct usb_bus *bus; char *product, *manufacturer, *serial; int state; };
struct urb { struct usb_device *dev; unsigned int pipe; int status; unsigned int transfer_flags; void *transfer_buffer; dma_addr_t transfer_dma; u32 transfer_buffer_length; u32 actual_length; unsigned char *setup_packet; int interval; int error_count; void *context; void (*complete)(struct urb *urb); struct scatterlist *sg; int num_sgs; int number_of_packets; };
struct usb_driver { const char *name; int (*probe)(struct usb_interface *interface, const struct usb_device_id *id); void (*disconnect)(struct usb_interface *interface); int (*suspend)(struct usb_interface *interface, int state); int (*resume)(struct usb_interface *interface); int (*reset_resume)(struct usb_interface *interface); int (*pre_reset)(struct usb_interface *interface); int (*post_reset)(struct usb_interface *interface); const struct usb_device_id *id_table; unsigned int supports_autosuspend : 1, disable_hub_initiated_lpm : 1, soft_unbind : 1; };
struct scatterlist { unsigned long page_link; unsigned int offset, length; dma_addr_t dma_address; unsigned int dma_length; };
struct file_operations { struct module *owner; loff_t (*llseek)(struct file *file, loff_t offset, int whence); ssize_t (*read)(struct file *file, char *buffer, size_t count, loff_t *position); ssize_t (*write)(struct file *file, const char *buffer, size_t count, loff_t *position); ssize_t (*read_iter)(struct kiocb *iocb, struct iov_iter *to); ssize_t (*write_iter)(struct kiocb *iocb, struct iov_iter *from); unsigned int (*poll)(struct file *file, void *table); long (*unlocked_ioctl)(struct file *file, unsigned int command, unsigned long argument); long (*compat_ioctl)(struct file *file, unsigned int command, unsigned long argument); int (*open)(struct inode *inode, struct file *file); int (*release)(struct inode *inode, struct file *file); int (*fasync)(int fd, struct file *file, int on); void (*show_fdinfo)(struct seq_file *seq, struct file *file); };
struct file { unsigned int f_flags; fmode_t f_mode; loff_t f_pos; void *private_data; };
struct iovec { void *iov_base; size_t iov_len; };
struct kvec { void *iov_base; size_t iov_len; };
struct iov_iter { unsigned int iter_type; size_t iov_offset; size_t count; const struct iovec *iov; unsigned long nr_segs; };
struct kiocb { struct file *ki_filp; loff_t ki_pos; int ki_flags; };
struct msghdr { void *msg_name; int msg_namelen; struct iov_iter msg_iter; void *msg_control; unsigned int msg_flags; struct kiocb *msg_iocb; };
size_t copy_from_iter(void *to, size_t size, struct iov_iter *from);
size_t copy_to_iter(const void *from, size_t size, struct iov_iter *to);
bool copy_from_iter_full(void *to, size_t size, struct iov_iter *from);
size_t iov_iter_count(const struct iov_iter *iter);
size_t msg_data_left(struct msghdr *message);
void iov_iter_advance(struct iov_iter *iter, size_t size);
struct socket { int state; short type; struct file *file; void *sk; const struct proto_ops *ops; };
struct proto_ops { int family; struct module *owner; int (*release)(struct socket *sock); int (*sendmsg)(struct socket *sock, struct msghdr *message, size_t size); int (*recvmsg)(struct socket *sock, struct msghdr *message, size_t size, int flags); int (*peek_len)(struct socket *sock); };
void *dev_get_drvdata(const struct device *device);
void *dev_get_platdata(const struct device *device);
void *pci_get_drvdata(struct pci_dev *device);
void *platform_get_drvdata(const struct platform_device *device);
void *usb_get_intfdata(struct usb_interface *interface);
struct usb_device *interface_to_usbdev(struct usb_interface *interface);
struct urb *usb_alloc_urb(int packets, gfp_t flags);
#define to_pci_dev(d) container_of(d, struct pci_dev, dev)
#define to_platform_device(d) container_of(d, struct platform_device, dev)
#define to_usb_interface(d) container_of(d, struct usb_interface, dev)
#define IRQ_NONE 0
#define IRQ_HANDLED 1
#define IRQ_WAKE_THREAD 2
#define IRQF_SHARED 0x80
#define DMA_BIDIRECTIONAL 0
#define DMA_TO_DEVICE 1
#define DMA_FROM_DEVICE 2
#define PCI_DMA_TODEVICE 1
#define PCI_DMA_FROMDEVICE 2
#define DMA_BIT_MASK(n) (((n) == 64) ? ~0ULL : ((1ULL << (n)) - 1))
#define IORESOURCE_MEM 0x200
#define IORESOURCE_IRQ 0x400
#define IORESOURCE_IO 0x100
#define DEFINE_WAIT_BIT(name, word, bit) int name
#define dma_unmap_addr(p, name) ((p)->name)
#define dma_unmap_addr_set(p, name, value) ((p)->name = (value))
#define dma_unmap_len(p, name) ((p)->name)
#define dma_unmap_len_set(p, name, value) ((p)->name = (value))
#define current ((struct task_struct *)0)
#define readx_poll_timeout(op, address, value, condition, sleep, timeout) ((value) = op(address), (condition) ? 0 : -ETIMEDOUT)
#define read_poll_timeout(op, value, condition, sleep, timeout, before, ...) ((value) = op(__VA_ARGS__), (condition) ? 0 : -ETIMEDOUT)
#define readl_poll_timeout(address, value, condition, sleep, timeout) ((value) = readl(address), (condition) ? 0 : -ETIMEDOUT)
#define readl_poll_timeout_atomic(address, value, condition, sleep, timeout) ((value) = readl(address), (condition) ? 0 : -ETIMEDOUT)
u8 readb(const volatile void *address);
u16 readw(const volatile void *address);
u32 readl(const volatile void *address);
u64 readq(const volatile void *address);
u32 ioread32(const volatile void *address);
u16 ioread16(const volatile void *address);
u8 ioread8(const volatile void *address);
#endif
