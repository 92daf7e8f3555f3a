// SPDX-License-Identifier: GPL-3.0-or-later
//! Puts samples into counters, series, tracks and the timeline.
#include "ledger/stress/recorder.h"

#include <algorithm>

namespace tallystick {

namespace {

constexpr std::size_t maxTrackPoints = 600;
constexpr qsizetype newestWaits = 20;

} // namespace

void count(OutcomeCounts& counts, OperationOutcome outcome)
{
    switch (outcome) {
    case OperationOutcome::Unfinished:
        ++counts.unfinished;
        return;
    case OperationOutcome::Ok:
        ++counts.ok;
        return;
    case OperationOutcome::Replayed:
        ++counts.replayed;
        return;
    case OperationOutcome::Refused:
        ++counts.refused;
        return;
    case OperationOutcome::Failed:
        ++counts.failed;
        return;
    case OperationOutcome::Unknown:
        ++counts.unknown;
        return;
    case OperationOutcome::Applied:
        ++counts.applied;
        return;
    case OperationOutcome::Voided:
        ++counts.voided;
        return;
    case OperationOutcome::Skipped:
        ++counts.skipped;
        return;
    }
    Q_UNREACHABLE();
}

void Recorder::prepare(const Plan& plan)
{
    const std::lock_guard guard(m_mutex);
    m_lanes.clear();
    for (int worker = 0; worker < sessionsOf(plan.scenario()); ++worker)
        m_lanes.push_back(std::make_unique<Lane>());
    m_hasTimeline = plan.operations() && *plan.operations() <= maxTimeline;
    m_live = LiveSnapshot();
    m_zero.reset();
    m_runningSeconds.reset();
    m_sent = m_answered = m_lastIntendedMicros = 0;
    m_series = TimeSeries(m_hasTimeline ? 0.01 : 0.1);
    m_isOpen = plan.scenario().open.has_value();
    m_response = m_service = m_lockWait = m_lag = m_timerError = Histogram();
    m_okBySecond.clear();
    m_timelinePlaces.clear();
    m_longestWaits.clear();
    const int watched = std::min(watchedUsers, int(plan.users().size()));
    m_tracks.assign(std::size_t(watched), {});
    for (int user = 0; user < watched; ++user)
        m_live.hottest.append(BalanceTrack{.user = plan.users().at(user)});
}

void Recorder::enter(LiveSnapshot::Phase phase)
{
    const std::lock_guard guard(m_mutex);
    if (m_live.phase == LiveSnapshot::Phase::Running && phase != LiveSnapshot::Phase::Running)
        m_runningSeconds = elapsed();
    m_live.phase = phase;
}

void Recorder::start(std::chrono::steady_clock::time_point zero)
{
    const std::lock_guard guard(m_mutex);
    m_zero = zero;
    m_live.phase = LiveSnapshot::Phase::Running;
}

double Recorder::elapsed() const
{
    if (m_runningSeconds || !m_zero)
        return m_runningSeconds.value_or(0);
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - *m_zero).count();
}

void Recorder::collect()
{
    const std::lock_guard guard(m_mutex);
    for (const std::unique_ptr<Lane>& lane : m_lanes) {
        const LaneBuffer buffer = lane->take();
        m_sent += buffer.sent;
        for (const LaneEntry& entry : buffer.entries)
            take(entry);
        for (const LaneSample& sample : buffer.samples)
            take(sample);
    }
    refresh();
}

void Recorder::take(const LaneSample& sample)
{
    const OperationRecord& record = sample.record;
    const bool isOver = record.outcome != OperationOutcome::Unfinished;
    m_answered += isOver ? 1 : 0; // the others are counted as what was sent and not answered
    if (isOver)
        count(m_live.outcomes, record.outcome);
    if (record.outcome == OperationOutcome::Refused)
        ++m_live.refusedBy[detailOf(record)];
    if (record.outcome == OperationOutcome::Failed)
        ++m_live.failedBy[detailOf(record)];
    if (record.outcome == OperationOutcome::Unknown)
        ++m_live.doubtedBy[detailOf(record)];
    m_series.add(sample);
    takeTimes(sample);
    if (record.outcome == OperationOutcome::Ok || record.outcome == OperationOutcome::Replayed) {
        const std::size_t second = std::size_t(std::max<qint64>(0, record.endMicros) / 1'000'000);
        if (m_okBySecond.size() <= second)
            m_okBySecond.resize(second + 1, 0);
        ++m_okBySecond[second];
    }
    track(sample);
}

void Recorder::takeTimes(const LaneSample& sample)
{
    const OperationRecord& record = sample.record;
    m_lastIntendedMicros = std::max(m_lastIntendedMicros, record.intendedMicros);
    m_response.record(record.endMicros - record.intendedMicros);
    if (sample.anatomy.lockWaitMicros >= 0)
        m_lockWait.record(sample.anatomy.lockWaitMicros);
    if (!record.wasSent())
        return;
    m_service.record(record.endMicros - record.sentMicros);
    const qint64 lag = record.sentMicros - record.intendedMicros;
    if (m_isOpen)
        m_lag.record(lag);
    if (sample.wasAwaited)
        m_timerError.record(lag);
}

void Recorder::track(const LaneSample& sample)
{
    const OperationRecord& record = sample.record;
    const std::size_t user = std::size_t(record.planned.user);
    if (user >= m_tracks.size())
        return;
    ++m_live.hottest[qsizetype(user)].operations;
    if (!record.hasReceipt || record.sequence == 0 || record.outcome != OperationOutcome::Ok)
        return;
    std::vector<TrackPoint>& points = m_tracks[user];
    const TrackPoint point{record.sequence, double(record.endMicros) / 1e6, record.balance};
    const auto place = std::upper_bound(
        points.begin(), points.end(), point,
        [](const TrackPoint& a, const TrackPoint& b) { return a.sequence < b.sequence; });
    points.insert(place, point);
    if (points.size() <= 2 * maxTrackPoints)
        return;
    std::vector<TrackPoint> thinned;
    for (std::size_t index = 1; index < points.size(); index += 2)
        thinned.push_back(points[index]);
    points = std::move(thinned);
}

void Recorder::take(const LaneEntry& entry)
{
    const auto known = m_timelinePlaces.constFind(entry.ordinal);
    if (known != m_timelinePlaces.constEnd()) {
        m_live.timeline[*known] = entry.entry;
        return;
    }
    m_timelinePlaces.insert(entry.ordinal, m_live.timeline.size());
    m_live.timeline.append(entry.entry);
}

void Recorder::refresh()
{
    m_live.outcomes.unfinished = m_sent - m_answered;
    Q_ASSERT(m_live.outcomes.issued() == m_sent);
    m_live.elapsedSeconds = elapsed();
    m_live.response = m_response.percentiles();
    m_live.lag = m_lag.percentiles();
    const std::size_t second = std::size_t(m_live.elapsedSeconds);
    if (second == 0)
        m_live.okPerSecond = m_live.elapsedSeconds > 0 && !m_okBySecond.empty()
                                 ? double(m_okBySecond[0]) / m_live.elapsedSeconds
                                 : 0;
    else
        m_live.okPerSecond =
            second - 1 < m_okBySecond.size() ? double(m_okBySecond[second - 1]) : 0;
    m_series.refresh(m_live.series);
    for (std::size_t user = 0; user < m_tracks.size(); ++user) {
        // Answers arrive out of order; the ledger's order counts, and time may not run back in it.
        QList<QPair<double, Credits>> points;
        double latest = 0;
        const std::size_t step = m_tracks[user].size() > maxTrackPoints ? 2 : 1;
        for (std::size_t index = (m_tracks[user].size() + 1) % step; index < m_tracks[user].size();
             index += step) {
            const TrackPoint& point = m_tracks[user][index];
            latest = std::max(latest, point.seconds);
            points.append({latest, point.balance});
        }
        m_live.hottest[qsizetype(user)].points = points;
    }
}

void Recorder::add(const ActivitySample& sample)
{
    const std::lock_guard guard(m_mutex);
    if (m_zero)
        m_series.add(sample, elapsed());
    for (const LockWait& wait : sample.waits) {
        m_live.lockWaits.append(wait);
        const auto known = m_longestWaits.constFind(wait.waiterName);
        if (known == m_longestWaits.constEnd() || known->waitedMicros < wait.waitedMicros)
            m_longestWaits.insert(wait.waiterName, wait);
    }
    if (m_live.lockWaits.size() > newestWaits)
        m_live.lockWaits = m_live.lockWaits.last(newestWaits);
}

void Recorder::addBacklog(qint64 backlog)
{
    const std::lock_guard guard(m_mutex);
    m_live.backlog = backlog;
    m_series.addBacklog(backlog, elapsed());
}

void Recorder::addUntaken(const OperationRecord& record)
{
    const std::lock_guard guard(m_mutex);
    ++m_sent;
    take(LaneSample{.record = record});
}

void Recorder::settle(const OutcomeCounts& counts, const QHash<qint64, OperationOutcome>& resolved)
{
    const std::lock_guard guard(m_mutex);
    Q_ASSERT(counts.issued() == m_sent);
    m_live.outcomes = counts;
    for (auto outcome = resolved.begin(); outcome != resolved.end(); ++outcome) {
        const auto place = m_timelinePlaces.constFind(outcome.key());
        if (place != m_timelinePlaces.constEnd())
            m_live.timeline[*place].outcome = nameOf(outcome.value());
    }
}

LiveSnapshot Recorder::snapshot() const
{
    const std::lock_guard guard(m_mutex);
    LiveSnapshot live = m_live;
    live.elapsedSeconds = elapsed();
    return live;
}

QList<LockWait> Recorder::lockQueue() const
{
    const std::lock_guard guard(m_mutex);
    QList<LockWait> queue = m_longestWaits.values();
    std::sort(queue.begin(), queue.end(), [](const LockWait& a, const LockWait& b) {
        const qint64 beganA = a.at.micros - a.waitedMicros;
        const qint64 beganB = b.at.micros - b.waitedMicros;
        return beganA != beganB ? beganA < beganB : a.waiterName < b.waiterName;
    });
    return queue;
}

int Recorder::waitersSeen() const
{
    const std::lock_guard guard(m_mutex);
    return int(m_longestWaits.size());
}

Percentiles Recorder::response() const
{
    const std::lock_guard guard(m_mutex);
    return m_response.percentiles();
}

Percentiles Recorder::lag() const
{
    const std::lock_guard guard(m_mutex);
    return m_lag.percentiles();
}

qint64 Recorder::lastIntendedMicros() const
{
    const std::lock_guard guard(m_mutex);
    return m_lastIntendedMicros;
}

Percentiles Recorder::timerError() const
{
    const std::lock_guard guard(m_mutex);
    return m_timerError.percentiles();
}

Percentiles Recorder::service() const
{
    const std::lock_guard guard(m_mutex);
    return m_service.percentiles();
}

QList<Interval> Recorder::intervals() const
{
    const std::lock_guard guard(m_mutex);
    return m_series.intervals();
}

Percentiles Recorder::lockWait() const
{
    const std::lock_guard guard(m_mutex);
    return m_lockWait.percentiles();
}

} // namespace tallystick
