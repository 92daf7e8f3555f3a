// SPDX-License-Identifier: GPL-3.0-or-later
//! Gathers what workers and sampler tell into one picture of the run.
#pragma once
#include "ledger/stress/histogram.h"
#include "ledger/stress/lane.h"
#include "ledger/stress/timeseries.h"

#include <QtCore/QHash>

#include <chrono>
#include <memory>
#include <mutex>

namespace tallystick {

/// Workers write to their lanes, the engine collects, anybody takes snapshots. Thread-safe but
/// for the lanes, which belong to their workers.
class Recorder final
{
public:
    /// The busiest users come first in a plan: so many of them are watched.
    static constexpr int watchedUsers = 5;
    static constexpr qint64 maxTimeline = 500;

    /// Forgets the run before.
    void prepare(const Plan& plan);
    [[nodiscard]] Lane& lane(int worker) { return *m_lanes[std::size_t(worker)]; }
    [[nodiscard]] bool hasTimeline() const { return m_hasTimeline; }

    void enter(LiveSnapshot::Phase phase);
    /// The running phase begins; the zero of all times.
    void start(std::chrono::steady_clock::time_point zero);
    /// Empties the lanes into the picture.
    void collect();
    /// Seen now. Before the start it belongs to no time.
    void add(const ActivitySample& sample);
    /// How many operations are due now and not sent.
    void addBacklog(qint64 backlog);
    /// Operations of an open run that nobody ever sent: once, when all workers have left.
    void addUntaken(const OperationRecord& record);
    /// Replaces the counts by those of the whole history, once doubts are resolved; in the
    /// timeline too, where \a resolved goes by the operation's number.
    void settle(const OutcomeCounts& counts, const QHash<qint64, OperationOutcome>& resolved);

    [[nodiscard]] LiveSnapshot snapshot() const;
    /// Every waiter's longest wait, in the order they began to wait.
    [[nodiscard]] QList<LockWait> lockQueue() const;
    [[nodiscard]] int waitersSeen() const;
    /// From the intended time to the answer. What was due and never sent is in it with its age
    /// when it was given up: the least it can have taken (right-censored).
    [[nodiscard]] Percentiles response() const;
    [[nodiscard]] Percentiles lag() const;
    /// The latest time an operation was intended for.
    [[nodiscard]] qint64 lastIntendedMicros() const;
    /// How late sessions that were free woke up for what was due.
    [[nodiscard]] Percentiles timerError() const;
    [[nodiscard]] Percentiles service() const;
    [[nodiscard]] Percentiles lockWait() const;
    /// All response and service times, by stretches of the series.
    [[nodiscard]] QList<Interval> intervals() const;

private:
    struct TrackPoint
    {
        qint64 sequence;
        double seconds;
        Credits balance;
    };
    void take(const LaneSample& sample);
    void takeTimes(const LaneSample& sample);
    void take(const LaneEntry& entry);
    void track(const LaneSample& sample);
    void refresh();
    [[nodiscard]] double elapsed() const;

    std::vector<std::unique_ptr<Lane>> m_lanes;
    bool m_hasTimeline = false;
    bool m_isOpen = false;

    mutable std::mutex m_mutex; ///< guards all below
    LiveSnapshot m_live;
    std::optional<std::chrono::steady_clock::time_point> m_zero;
    std::optional<double> m_runningSeconds; ///< when the running phase is over
    qint64 m_sent = 0;
    qint64 m_answered = 0;
    qint64 m_lastIntendedMicros = 0;
    TimeSeries m_series;
    Histogram m_response, m_service, m_lockWait, m_lag, m_timerError;
    std::vector<qint64> m_okBySecond;
    std::vector<std::vector<TrackPoint>> m_tracks;
    QHash<qint64, qsizetype> m_timelinePlaces; ///< by ordinal
    QHash<QString, LockWait> m_longestWaits;   ///< by the waiter's name
};

/// Adds one operation's outcome to \a counts.
void count(OutcomeCounts& counts, OperationOutcome outcome);

} // namespace tallystick
