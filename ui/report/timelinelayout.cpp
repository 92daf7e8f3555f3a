// SPDX-License-Identifier: GPL-3.0-or-later
//! Lays measured parts of an operation end to end, never beyond its own end.
#include "ui/report/timelinelayout.h"

#include <algorithm>

namespace tallystick {

namespace {

qint64 endOf(const TimelineEntry& entry)
{
    return entry.finished ? std::max(entry.endMicros, entry.sentMicros) : entry.sentMicros;
}

} // namespace

QList<Stretch> stretchesOf(const TimelineEntry& entry, qint64 nowMicros)
{
    using Kind = Stretch::Kind;
    if (!entry.finished)
        return {{Kind::Open, entry.sentMicros, std::max(nowMicros, entry.sentMicros)}};
    const qint64 end = endOf(entry);
    if (entry.anatomy.lockWaitMicros < 0 && entry.anatomy.workMicros < 0)
        return {{Kind::Whole, entry.sentMicros, end}};
    QList<Stretch> stretches;
    qint64 at = entry.sentMicros;
    const auto lay = [&](Kind kind, qint64 micros) {
        // The server's clock measured the parts, ours the whole: rounding may not overlap the end.
        const qint64 until = std::min(end, at + std::max<qint64>(0, micros));
        if (until > at)
            stretches.append({kind, at, until});
        at = until;
    };
    lay(Kind::LockWait, entry.anatomy.lockWaitMicros);
    lay(Kind::Work, entry.anatomy.workMicros);
    lay(Kind::Rest, end - at);
    if (stretches.isEmpty())
        stretches.append({Kind::Whole, entry.sentMicros, end});
    return stretches;
}

TimelineLayout layoutOf(const QList<TimelineEntry>& timeline)
{
    TimelineLayout layout;
    QMap<int, QList<int>> byWorker;
    for (int i = 0; i < timeline.size(); ++i) {
        byWorker[timeline[i].worker].append(i);
        layout.untilMicros = std::max(layout.untilMicros, endOf(timeline[i]));
    }
    for (auto it = byWorker.begin(); it != byWorker.end(); ++it) {
        std::stable_sort(it->begin(), it->end(), [&](int a, int b) {
            return timeline[a].sentMicros < timeline[b].sentMicros;
        });
        layout.lanes.append({.worker = it.key(), .entries = *it});
    }
    return layout;
}

int overlapsOf(const QList<TimelineEntry>& timeline, int index)
{
    const TimelineEntry& one = timeline[index];
    int count = 0;
    for (int i = 0; i < timeline.size(); ++i) {
        const TimelineEntry& other = timeline[i];
        const bool startsBeforeMyEnd = !one.finished || other.sentMicros < endOf(one);
        const bool endsAfterMyStart = !other.finished || endOf(other) > one.sentMicros;
        if (i != index && startsBeforeMyEnd && endsAfterMyStart)
            ++count;
    }
    return count;
}

} // namespace tallystick
