/* blast: sends the lines of a file to a server, as fast as it takes them or at a pace, and says how many they were and how long it took.

   blast [OPTIONS] tcp|unix|udp ADDRESS FILE EVENTS      ADDRESS: IPv4:PORT, or a socket's path
     -c N   connections, between which the events are divided (1); each starts elsewhere in the file, and begins it again at its end
     -w N   at most so many bytes in one write or datagram, whole lines (65536)
     -e N   at most so many events in one write or datagram (no limit)
     -r N   events a second over all connections (0: as fast as the server takes them)
     -s     stamps: the 16 digits after "metric": become 10^15 + the monotonic clock, in 100 ns, of the moment when the write was due. A generator
            or a server that falls behind its pace does not hide it.

   Prints one line: sent, seconds until the kernel had all of it; closed, the connections that the server closed after it had read to their
   end, and closed_seconds until the last of them: a server that closes has had everything. One thread, which sleeps or waits for the server. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

enum { PATIENCE_MS = 60000, SPIN_NS = 100000, STAMP_DIGITS = 16 };

static struct { int connections, stamped; long bytes, events, rate, total; } options = { .connections = 1, .bytes = 65536, .events = 1L << 40 };

/* The file: line i begins at lines[i]; stamps[i] is where its time goes. */
static char *text;
static size_t *lines, *stamps;
static long count;

/* A connection sends what stands from `at` to `end`, then the lines from `next` on, so many as are `left`. */
typedef struct { int fd; long next, left; size_t at, end; } stream;

static long sent;
static int64_t start;

static void fail(const char *what) { perror(what); exit(1); }

static int64_t now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1000000000LL + t.tv_nsec;
}

static void load(const char *path) {
    FILE *file = fopen(path, "rb");
    struct stat info;
    if (!file || fstat(fileno(file), &info)) fail(path);
    size_t length = info.st_size;
    text = malloc(length + 1);
    if (fread(text, 1, length, file) != length) fail(path);
    fclose(file);
    text[length] = 0;
    for (size_t i = 0; i < length; i++) count += text[i] == '\n';
    if (!count || text[length - 1] != '\n') { fprintf(stderr, "%s: every line must end with a newline\n", path); exit(2); }
    lines = malloc((count + 1) * sizeof *lines);
    stamps = malloc(count * sizeof *stamps);
    lines[0] = 0;
    for (long i = 0; i < count; i++) {
        char *line = text + lines[i], *metric = options.stamped ? strstr(line, "\"metric\":1") : line;
        if (!metric) { fprintf(stderr, "%s: line %ld has no metric to stamp\n", path, i + 1); exit(2); }
        stamps[i] = metric - text + strlen("\"metric\":");
        lines[i + 1] = (char *)memchr(line, '\n', text + length - line) + 1 - text;
    }
}

static int connect_to(const char *type, const char *address) {
    int is_unix = !strcmp(type, "unix"), is_udp = !strcmp(type, "udp"), yes = 1;
    struct sockaddr_un path = { .sun_family = AF_UNIX };
    struct sockaddr_in ip = { .sin_family = AF_INET };
    strncpy(path.sun_path, address, sizeof path.sun_path - 1);
    char host[64] = "";
    const char *colon = strrchr(address, ':');
    if (!is_unix) {
        if (!colon || colon - address >= (long)sizeof host) { fprintf(stderr, "no address: %s\n", address); exit(2); }
        memcpy(host, address, colon - address);
        ip.sin_port = htons(atoi(colon + 1));
        if (inet_pton(AF_INET, host, &ip.sin_addr) != 1) { fprintf(stderr, "no IPv4 address: %s\n", host); exit(2); }
    }
    int fd = socket(is_unix ? AF_UNIX : AF_INET, is_udp ? SOCK_DGRAM : SOCK_STREAM, 0);
    if (fd < 0) fail("socket");
    if (connect(fd, is_unix ? (void *)&path : (void *)&ip, is_unix ? sizeof path : sizeof ip)) fail(address);
    if (!is_unix && !is_udp) setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    return fd;
}

/* When the next event is due. */
static int64_t due(void) { return options.rate ? start + (int64_t)((double)sent / options.rate * 1e9) : 0; }

/* A sleep may take 60 us too long: the last part of a wait is spent turning, but not at the server's cost, if it was put on the same core. */
static void wait_until(int64_t time) {
    for (int64_t left; (left = time - now()) > 0;) {
        if (left < SPIN_NS) {
            sched_yield();
            continue;
        }
        struct timespec t = { (left - SPIN_NS) / 1000000000, (left - SPIN_NS) % 1000000000 };
        nanosleep(&t, NULL);
    }
}

static void stamp(long line, int64_t time) {
    char digits[32];
    snprintf(digits, sizeof digits, "%016lld", 1000000000000000LL + (long long)(time / 100));
    memcpy(text + stamps[line], digits, STAMP_DIGITS);
}

/* Takes the next lines for a write, when it is due. */
static void take(stream *s) {
    int64_t time = due();
    wait_until(time);
    long first = s->next, last = first;
    do {
        if (options.stamped) stamp(last, time);
        last++;
    } while (last < count && last - first < options.events && last - first < s->left && lines[last + 1] - lines[first] <= (size_t)options.bytes);
    s->at = lines[first];
    s->end = lines[last];
    s->left -= last - first;
    s->next = last % count;
    sent += last - first;
}

static void send_datagrams(stream *streams) {
    for (int i = 0; sent < options.total; i = (i + 1) % options.connections) {
        stream *s = &streams[i];
        if (!s->left) continue;
        take(s);
        /* The last newline is not needed. A receiver that is gone is said once, and then counted by the server's silence. */
        while (send(s->fd, text + s->at, s->end - s->at - 1, 0) < 0)
            if (errno != EINTR && errno != ENOBUFS) fail("send");
    }
}

/* Writes what there is until the socket takes no more, for a while at most, so that all connections move on. */
static int send_some(stream *s) {
    for (int writes = 0; writes < 16; writes++) {
        if (s->at == s->end && !s->left) return shutdown(s->fd, SHUT_WR) == 0;
        if (s->at == s->end) take(s);
        ssize_t n = send(s->fd, text + s->at, s->end - s->at, MSG_DONTWAIT | MSG_NOSIGNAL);
        if (n < 0 && errno != EAGAIN && errno != EINTR) fail("send");
        if (n < 0) return 0;
        s->at += n;
    }
    return 0;
}

static int send_streams(stream *streams, int64_t *all_sent, int64_t *all_closed) {
    struct epoll_event events[256];
    int poll = epoll_create1(0), sending = options.connections, closed = 0;
    for (int i = 0; i < options.connections; i++) {
        struct epoll_event event = { .events = EPOLLOUT, .data.u32 = i };
        epoll_ctl(poll, EPOLL_CTL_ADD, streams[i].fd, &event);
    }
    while (closed < options.connections) {
        int ready = epoll_wait(poll, events, 256, PATIENCE_MS);
        if (ready < 0 && errno != EINTR) fail("epoll");
        if (ready == 0) break;
        for (int k = 0; k < ready; k++) {
            stream *s = &streams[events[k].data.u32];
            if (events[k].events & EPOLLOUT) {
                if (!send_some(s)) continue;
                struct epoll_event event = { .events = EPOLLIN, .data.u32 = events[k].data.u32 };
                epoll_ctl(poll, EPOLL_CTL_MOD, s->fd, &event);
                if (--sending == 0) *all_sent = now();
            } else {
                char answer[4096];
                if (read(s->fd, answer, sizeof answer) > 0) continue;
                close(s->fd);
                closed++;
                *all_closed = now();
            }
        }
    }
    return closed;
}

int main(int argc, char **argv) {
    for (int o; (o = getopt(argc, argv, "c:w:e:r:s")) != -1;) {
        if (o == 'c') options.connections = atoi(optarg);
        else if (o == 'w') options.bytes = atol(optarg);
        else if (o == 'e') options.events = atol(optarg);
        else if (o == 'r') options.rate = atol(optarg);
        else if (o == 's') options.stamped = 1;
        else return 2;
    }
    if (argc - optind != 4 || options.connections < 1) { fprintf(stderr, "usage: blast [-c N] [-w N] [-e N] [-r N] [-s] tcp|unix|udp ADDRESS FILE EVENTS\n"); return 2; }
    const char *type = argv[optind], *address = argv[optind + 1];
    options.total = atol(argv[optind + 3]);
    signal(SIGPIPE, SIG_IGN);
    load(argv[optind + 2]);
    stream *streams = calloc(options.connections, sizeof *streams);
    for (int i = 0; i < options.connections; i++) {
        streams[i].fd = connect_to(type, address);
        streams[i].next = count * i / options.connections;
        streams[i].left = options.total / options.connections + (i < options.total % options.connections);
    }
    start = now();
    int64_t all_sent = start, all_closed = start;
    int closed = 0;
    if (!strcmp(type, "udp")) { send_datagrams(streams); all_sent = all_closed = now(); }
    else closed = send_streams(streams, &all_sent, &all_closed);
    struct rusage used;
    getrusage(RUSAGE_SELF, &used);
    printf("sent=%ld seconds=%.6f closed=%d closed_seconds=%.6f cpu=%.3f\n", sent, (all_sent - start) / 1e9, closed, (all_closed - start) / 1e9,
        used.ru_utime.tv_sec + used.ru_stime.tv_sec + (used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1e6);
    return 0;
}
