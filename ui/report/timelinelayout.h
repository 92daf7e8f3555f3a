// SPDX-License-Identifier: GPL-3.0-or-later
//! Where the operations of a small run stand in time, by worker.
#pragma once
#include "ledger/stress/live.h"

namespace tallystick {

/// A stretch of one operation's life.
struct Stretch
{
    enum class Kind {
        LockWait, ///< queued for the row lock
        Work,     ///< under the lock
        Rest,     ///< commit and network
        Whole,    ///< nothing of the inside was measured
        Open      ///< sent, not answered yet
    };
    Kind kind = Kind::Whole;
    qint64 fromMicros = 0;
    qint64 untilMicros = 0;
};

/// The stretches of \a entry in order, without gaps. What was measured on the server is laid from
/// the moment of sending; what it does not explain is Rest. An open operation ends at \a nowMicros.
[[nodiscard]] QList<Stretch> stretchesOf(const TimelineEntry& entry, qint64 nowMicros);

/// One worker's line in the picture.
struct TimelineLane
{
    int worker = 0;
    QList<int> entries; ///< indices into the timeline, by time of sending
};

struct TimelineLayout
{
    QList<TimelineLane> lanes; ///< by worker
    qint64 untilMicros = 0;    ///< the latest moment of any operation
};

[[nodiscard]] TimelineLayout layoutOf(const QList<TimelineEntry>& timeline);
/// How many other operations were under way at some moment of \a index.
[[nodiscard]] int overlapsOf(const QList<TimelineEntry>& timeline, int index);

} // namespace tallystick
