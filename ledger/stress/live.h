// SPDX-License-Identifier: GPL-3.0-or-later
//! What a run looks like from outside while it is on: plain values, gathered a few times a second.
#pragma once
#include "ledger/core/bench.h"
#include "ledger/stress/scenario.h"

#include <QtCore/QList>
#include <QtCore/QMap>

namespace tallystick {

/// Exactly one outcome an operation; issued() is their sum, always.
struct OutcomeCounts
{
    qint64 ok = 0, replayed = 0, refused = 0, failed = 0, unknown = 0, skipped = 0, unfinished = 0;
    qint64 applied = 0, voided = 0; ///< what unknown ones were resolved to; then not in unknown
    [[nodiscard]] qint64 issued() const
    {
        return ok + replayed + refused + failed + unknown + skipped + unfinished + applied + voided;
    }
};

/// So few values say nothing of their 99.9th percentile.
inline constexpr qint64 enoughForP999 = 1'000;

/// Percentiles in microseconds of \a count values; never averaged, always from a histogram.
struct Percentiles
{
    qint64 count = 0;
    qint64 p50 = 0, p95 = 0, p99 = 0;
    qint64 p999 = 0; ///< 0 below enoughForP999 values
    qint64 max = 0;
};

/// One bucket of time on the shared axis.
struct SeriesPoint
{
    double atSeconds = 0; ///< start of the bucket since the run began
    double bucketSeconds = 0;
    qint64 ok = 0, refused = 0, failed = 0, unknown = 0; ///< in this bucket; ok includes replayed
    qint64 skipped = 0;
    qint64 offered = 0; ///< intended in this bucket, as far as they were answered or given up
    qint64 backlog = 0; ///< the most that were due and not sent; open runs only
    Percentiles response;
    Percentiles lag; ///< 0 in closed runs
    Percentiles lockWait;
    Percentiles work; ///< under the lock
    Percentiles rest; ///< of the service time: commit, network, earlier tries
    int waitingForLock = 0, waitingForCommit = 0, active = 0, idle = 0; ///< sessions, sampled
};

/// The balance of one of the busiest users over time, from receipts and reads.
struct BalanceTrack
{
    UserId user;
    qint64 operations = 0;
    QList<QPair<double, Credits>> points; ///< seconds, balance; in ledger order
};

/// One operation of a small run, for the timeline. Micros since the run began.
struct TimelineEntry
{
    int worker = 0;
    OperationKind operation = OperationKind::Read;
    UserId user;
    TransactionKey key;
    Credits amount;
    qint64 sentMicros = 0, endMicros = 0;
    Anatomy anatomy;
    QString outcome; ///< "ok", "replayed", "refused", "failed", "unknown"; resolved: "applied",
                     ///< "voided"; never sent: "skipped"
    QString detail;  ///< refusal's or failure's name
    std::optional<Credits> balance;
    bool finished = false;
};

struct LiveSnapshot
{
    enum class Phase { Preparing, Running, Quiescing, Checking, Finished };
    Phase phase = Phase::Preparing;
    double elapsedSeconds = 0; ///< of the running phase
    OutcomeCounts outcomes;
    QMap<QString, qint64> refusedBy, failedBy;
    QMap<QString, qint64> doubtedBy; ///< why outcomes were unknown, also where they are known since
    Percentiles response;
    Percentiles lag;               ///< from the intended time to the first send; open runs only
    qint64 backlog = 0;            ///< due and not sent; open runs only
    double okPerSecond = 0;        ///< over the last whole second
    QList<SeriesPoint> series;     ///< at most 600, oldest first
    QList<BalanceTrack> hottest;   ///< at most 5
    QList<TimelineEntry> timeline; ///< empty for runs of more than 500 operations
    QList<LockWait> lockWaits;     ///< the newest few
};

} // namespace tallystick
