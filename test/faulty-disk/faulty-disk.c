/*
 * A disk that fails: preloaded (LD_PRELOAD) into the processes of an installation under test. Calls on files of one
 * folder fail as faulty-disk.ts says, and what has to be undone at a power cut is kept in a journal for
 * each file: of each write, what was there before. Only what a sync made durable is not undone.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

enum call { WRITE = 1, SYNC = 2, TRUNCATE = 4, OPEN = 8, RENAME = 16, UNLINK = 32 };

/* What is to happen now; read at each call. */
static struct {
  int32_t calls;    /* which of them fail */
  int32_t error;    /* with this errno; 0: the power goes off */
  int64_t passes;   /* so many go well before */
  int64_t failures; /* then so many fail */
  int32_t lies;     /* a sync does nothing, and says that it did */
  int32_t keeps;    /* journals are kept after a sync, for one that fails may come */
  int32_t is_off;   /* nothing more is done */
  char end[64];     /* of the paths of those that fail */
  char folder[512];
} *told;

static char journals[512];

enum kind { WRITTEN = 1, CUT = 2, SYNCED = 3, SYNC_FAILED = 4, CREATED = 5, RENAMED = 6, UNLINKED = 7 };

/* Followed by `kept` bytes of what was there before, or of names. */
struct entry { int64_t kind, offset, length, size, kept; };

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

__attribute__((constructor)) static void begin(void) {
  char path[600];
  snprintf(journals, sizeof journals, "%s", getenv("FAULTY_DISK"));
  snprintf(path, sizeof path, "%s/control", journals);
  int fd = REAL(open)(path, O_RDWR | O_CLOEXEC);
  told = mmap(NULL, sizeof *told, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  if (told == MAP_FAILED) abort();
  close(fd);
}

static int is_ours(const char *path) {
  size_t length = strlen(told->folder);
  return !strncmp(path, told->folder, length) && (path[length] == '/' || path[length] == 0);
}

static int path_of(int fd, char *path) {
  char link[32];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = readlink(link, path, 511);
  path[length < 0 ? 0 : length] = 0;
  return is_ours(path);
}

static int ends_with(const char *path, const char *end) {
  size_t length = strlen(path), tail = strlen(end);
  return tail <= length && !strcmp(path + length - tail, end);
}

static int fails(enum call call, const char *path) {
  while (told->is_off) pause();
  if (!(told->calls & call) || !ends_with(path, told->end)) return 0;
  if (__atomic_fetch_sub(&told->passes, 1, __ATOMIC_SEQ_CST) > 0) return 0;
  if (__atomic_fetch_sub(&told->failures, 1, __ATOMIC_SEQ_CST) <= 0) return 0;
  told->is_off = told->error == 0;
  while (told->is_off) pause();
  errno = told->error;
  return 1;
}

/* The index that processes share does not outlive them, nor does a lock. */
static int is_kept(const char *path) { return !strstr(path, "-shm") && !strstr(path, "/lock"); }

/* One call at a time, of all processes: the journal and the file change together. Ends with the process. */
static int lock(void) {
  char path[600];
  snprintf(path, sizeof path, "%s/one-at-a-time", journals);
  int fd = REAL(open)(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  while (flock(fd, LOCK_EX) != 0 && errno == EINTR) {}
  return fd;
}

static void append(const struct stat *file, struct entry entry, void *before) {
  char path[600];
  snprintf(path, sizeof path, "%s/%llu", journals, (unsigned long long)file->st_ino);
  int fd = REAL(open)(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  struct iovec parts[] = {{&entry, sizeof entry}, {before, entry.kept}};
  if (REAL(writev)(fd, parts, 2) != (ssize_t)(sizeof entry + entry.kept)) abort();
  close(fd);
}

/* Keeps what is at [offset, offset + length) now. */
static void keep(int fd, enum kind kind, off_t offset, off_t length) {
  struct stat file;
  if (fstat(fd, &file) != 0 || !S_ISREG(file.st_mode)) return;
  off_t kept = file.st_size - offset < length ? file.st_size - offset : length;
  if (kept < 0) kept = 0;
  char path[32], *before = malloc(kept + 1);
  snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
  /* SQLite reads what it writes, and would lose its locks when another descriptor of the file is closed. */
  int is_readable = (fcntl(fd, F_GETFL) & O_ACCMODE) != O_WRONLY;
  int readable = is_readable ? fd : REAL(open)(path, O_RDONLY | O_CLOEXEC);
  if (before == NULL || pread(readable, before, kept, offset) != kept) abort();
  if (!is_readable) close(readable);
  append(&file, (struct entry){kind, offset, length, file.st_size, kept}, before);
  free(before);
}

static void synced(int fd, enum kind kind) {
  struct stat file;
  char path[600];
  if (fstat(fd, &file) != 0) return;
  if (told->keeps) return append(&file, (struct entry){.kind = kind}, NULL);
  snprintf(path, sizeof path, "%s/%llu", journals, (unsigned long long)file.st_ino);
  if (kind == SYNCED && truncate(path, 0) != 0 && errno != ENOENT) abort();
}

static ssize_t ended(int locked, ssize_t done) {
  int error = errno;
  close(locked);
  errno = error;
  return done;
}

#define CHANGE(call, keeps, really)                 \
  char path[512];                                   \
  if (!path_of(fd, path)) return really;            \
  if (fails(call, path)) return -1;                 \
  if (!is_kept(path)) return really;                \
  int locked = lock();                              \
  keeps;                                            \
  return ended(locked, really);

static off_t place(int fd) {
  return fcntl(fd, F_GETFL) & O_APPEND ? lseek(fd, 0, SEEK_END) : lseek(fd, 0, SEEK_CUR);
}

static off_t total(const struct iovec *parts, int count) {
  off_t sum = 0;
  for (int each = 0; each < count; each++) sum += parts[each].iov_len;
  return sum;
}

ssize_t write(int fd, const void *bytes, size_t count) {
  CHANGE(WRITE, keep(fd, WRITTEN, place(fd), count), REAL(write)(fd, bytes, count))
}

ssize_t writev(int fd, const struct iovec *parts, int count) {
  CHANGE(WRITE, keep(fd, WRITTEN, place(fd), total(parts, count)), REAL(writev)(fd, parts, count))
}

ssize_t pwrite64(int fd, const void *bytes, size_t count, off_t offset) {
  CHANGE(WRITE, keep(fd, WRITTEN, offset, count), REAL(pwrite64)(fd, bytes, count, offset))
}

ssize_t pwritev(int fd, const struct iovec *parts, int count, off_t offset) {
  CHANGE(WRITE, keep(fd, WRITTEN, offset, total(parts, count)), REAL(pwritev)(fd, parts, count, offset))
}

int ftruncate64(int fd, off_t size) {
  CHANGE(TRUNCATE, keep(fd, CUT, size, INT64_MAX), REAL(ftruncate64)(fd, size))
}

static int sync_of(int fd, int (*really)(int)) {
  char path[512];
  if (!path_of(fd, path)) return really(fd);
  int locked = lock(), failed = fails(SYNC, path), error = errno;
  if (!failed && told->lies) return ended(locked, 0);
  int done = failed ? -1 : really(fd);
  synced(fd, done == 0 ? SYNCED : SYNC_FAILED);
  if (failed) errno = error;
  return ended(locked, done);
}

int fsync(int fd) { return sync_of(fd, REAL(fsync)); }
int fdatasync(int fd) { return sync_of(fd, REAL(fdatasync)); }

/* A name that comes, goes, or changes: undone with its folder. A file that loses its name gets another one here. */
static void keep_names(enum kind kind, const char *from, const char *to) {
  char folder[512], other[600], names[1100];
  struct stat file, in;
  snprintf(folder, sizeof folder, "%.*s", (int)(strrchr(to, '/') - to), to);
  if (!is_kept(to) || stat(folder, &in) != 0) return;
  int64_t lost = kind != CREATED && lstat(to, &file) == 0 ? (int64_t)file.st_ino : 0;
  snprintf(other, sizeof other, "%s/lost-%lld", journals, (long long)lost);
  if (lost && link(to, other) != 0 && errno != EEXIST) abort();
  int length = snprintf(names, sizeof names, "%s%c%s", from, 0, to);
  append(&in, (struct entry){.kind = kind, .offset = lost, .kept = length}, names);
}

int rename(const char *from, const char *to) {
  if (!is_ours(to)) return REAL(rename)(from, to);
  if (fails(RENAME, to)) return -1;
  int locked = lock();
  keep_names(RENAMED, from, to);
  return ended(locked, REAL(rename)(from, to));
}

int unlink(const char *path) {
  if (!is_ours(path)) return REAL(unlink)(path);
  if (fails(UNLINK, path)) return -1;
  int locked = lock();
  keep_names(UNLINKED, "", path);
  return ended(locked, REAL(unlink)(path));
}

int open64(const char *path, int flags, ...) {
  va_list more;
  va_start(more, flags);
  mode_t mode = flags & O_CREAT ? va_arg(more, mode_t) : 0;
  va_end(more);
  if (!(flags & (O_WRONLY | O_RDWR)) || !is_ours(path)) return REAL(open64)(path, flags, mode);
  if (fails(OPEN, path)) return -1;
  int locked = lock();
  if (access(path, F_OK) != 0) {
    keep_names(CREATED, "", path);
  } else if (flags & O_TRUNC) {
    int there = REAL(open)(path, O_RDONLY | O_CLOEXEC);
    keep(there, CUT, 0, INT64_MAX);
    close(there);
  }
  return ended(locked, REAL(open64)(path, flags, mode));
}

int open(const char *path, int flags, ...) __attribute__((alias("open64")));
