// simdjson's part: parses every line of a file on demand into a struct of views, all fields, again and again.
//   simdjson names|members FILE PASSES
// "names" asks for each field by its name, as simdjson's documentation does; "members" walks over whatever members there are, which is the
// fastest that we know of. Prints events, seconds and processor seconds of all passes but the first, and counts that prove what was read.
#include <simdjson.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <vector>

using namespace simdjson;

struct Meta { std::string_view name, text; double number; };

struct Event {
    std::string_view host, service, state, description;
    double time, metric, ttl;
    std::vector<std::string_view> tags;
    std::vector<Meta> meta;
};

static std::string_view text(simdjson_result<ondemand::value> value) { std::string_view found; return value.get(found) ? std::string_view() : found; }

static double number(simdjson_result<ondemand::value> value) { double found; return value.get(found) ? 0 : found; }

static void read_tags(simdjson_result<ondemand::array> &&found, Event &event) {
    ondemand::array tags;
    if (std::move(found).get(tags)) return;
    for (auto tag : tags) event.tags.push_back(tag.get_string());
}

static void read_meta(simdjson_result<ondemand::object> &&found, Event &event) {
    ondemand::object meta;
    if (std::move(found).get(meta)) return;
    for (auto member : meta) {
        std::string_view name = member.unescaped_key();
        ondemand::value inner = member.value();
        if (ondemand::json_type(inner.type()) == ondemand::json_type::string) event.meta.push_back({ name, inner.get_string(), 0 });
        else event.meta.push_back({ name, {}, inner.get_double() });
    }
}

template <class Document> static void by_names(Document &line, Event &event) {
    event.host = text(line["host"]);
    event.service = text(line["service"]);
    event.state = text(line["state"]);
    event.time = number(line["time"]);
    event.description = text(line["description"]);
    read_tags(line["tags"].get_array(), event);
    read_meta(line["meta"].get_object(), event);
    event.metric = number(line["metric"]);
    event.ttl = number(line["ttl"]);
}

template <class Document> static void by_members(Document &line, Event &event) {
    for (auto member : line.get_object()) {
        std::string_view name = member.unescaped_key();
        ondemand::value value = member.value();
        if (name == "host") event.host = value.get_string();
        else if (name == "service") event.service = value.get_string();
        else if (name == "state") event.state = value.get_string();
        else if (name == "time") event.time = value.get_double();
        else if (name == "description") event.description = value.get_string();
        else if (name == "tags") read_tags(value.get_array(), event);
        else if (name == "meta") read_meta(value.get_object(), event);
        else if (name == "metric") event.metric = value.get_double();
        else if (name == "ttl") event.ttl = value.get_double();
    }
}

static double wall() { return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count(); }

static double processor() {
    timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return t.tv_sec + t.tv_nsec * 1e-9;
}

int main(int argc, char **argv) {
    if (argc != 4) { fprintf(stderr, "usage: simdjson names|members FILE PASSES\n"); return 2; }
    bool names = !strcmp(argv[1], "names");
    padded_string lines = padded_string::load(argv[2]);
    ondemand::parser parser;
    Event event;
    size_t events = 0, bytes = 0, tags = 0, meta = 0;
    double began = 0, used = 0, numbers = 0;
    for (int pass = 0, passes = atoi(argv[3]); pass <= passes; pass++) {
        if (pass == 1) { events = bytes = tags = meta = 0; began = wall(); used = processor(); }
        ondemand::document_stream stream = parser.iterate_many(lines.data(), lines.size(), 1 << 20);
        for (auto line : stream) {
            event.tags.clear();
            event.meta.clear();
            if (names) by_names(line, event);
            else by_members(line, event);
            events++;
            bytes += event.host.size() + event.service.size() + event.state.size() + event.description.size();
            tags += event.tags.size();
            meta += event.meta.size();
            numbers += event.metric + event.ttl + event.time;
        }
    }
    printf("events=%zu seconds=%.6f cpu=%.6f bytes=%zu tags=%zu meta=%zu numbers=%.0f\n", events, wall() - began, processor() - used, bytes, tags, meta, numbers);
}
