// SPDX-License-Identifier: GPL-3.0-or-later
//! Buckets of time, merged when there are too many.
#include "ledger/stress/timeseries.h"

#include <algorithm>

namespace tallystick {

TimeSeries::TimeSeries(double bucketSeconds)
    : m_bucketSeconds(bucketSeconds)
{
}

TimeSeries::Bucket& TimeSeries::bucketAt(double seconds)
{
    while (int(seconds / m_bucketSeconds) >= maxPoints)
        merge();
    const std::size_t index = std::size_t(std::max(0.0, seconds) / m_bucketSeconds);
    while (m_buckets.size() <= index) {
        Bucket& bucket = m_buckets.emplace_back();
        bucket.point.atSeconds = double(m_buckets.size() - 1) * m_bucketSeconds;
        bucket.point.bucketSeconds = m_bucketSeconds;
    }
    m_buckets[index].isDirty = true;
    return m_buckets[index];
}

void TimeSeries::merge()
{
    m_bucketSeconds *= 2;
    std::vector<Bucket> merged((m_buckets.size() + 1) / 2);
    for (std::size_t index = 0; index < m_buckets.size(); ++index) {
        const Bucket& from = m_buckets[index];
        Bucket& to = merged[index / 2];
        to.point.atSeconds = double(index / 2) * m_bucketSeconds;
        to.point.bucketSeconds = m_bucketSeconds;
        to.point.ok += from.point.ok;
        to.point.refused += from.point.refused;
        to.point.failed += from.point.failed;
        to.point.unknown += from.point.unknown;
        to.point.skipped += from.point.skipped;
        to.point.offered += from.point.offered;
        to.point.backlog = std::max(to.point.backlog, from.point.backlog);
        for (int SeriesPoint::*const sessions :
             {&SeriesPoint::waitingForLock, &SeriesPoint::waitingForCommit, &SeriesPoint::active,
              &SeriesPoint::idle})
            to.point.*sessions = std::max(to.point.*sessions, from.point.*sessions);
        to.response.add(from.response);
        to.service.add(from.service);
        to.lag.add(from.lag);
        to.lockWait.add(from.lockWait);
        to.work.add(from.work);
        to.rest.add(from.rest);
    }
    m_buckets = std::move(merged);
}

void TimeSeries::add(const LaneSample& sample)
{
    const OperationRecord& record = sample.record;
    ++bucketAt(double(record.intendedMicros) / 1e6).point.offered;
    Bucket& bucket = bucketAt(double(record.endMicros) / 1e6);
    switch (record.outcome) {
    case OperationOutcome::Ok:
    case OperationOutcome::Replayed:
        ++bucket.point.ok;
        break;
    case OperationOutcome::Refused:
        ++bucket.point.refused;
        break;
    case OperationOutcome::Failed:
        ++bucket.point.failed;
        break;
    case OperationOutcome::Unknown:
    case OperationOutcome::Applied:
    case OperationOutcome::Voided:
        ++bucket.point.unknown;
        break;
    case OperationOutcome::Skipped:
        ++bucket.point.skipped;
        break;
    case OperationOutcome::Unfinished:
        break;
    }
    addTimes(bucket, sample);
}

void TimeSeries::addTimes(Bucket& bucket, const LaneSample& sample)
{
    const OperationRecord& record = sample.record;
    bucket.response.record(record.endMicros - record.intendedMicros);
    if (!record.wasSent())
        return;
    const qint64 service = record.endMicros - record.sentMicros;
    bucket.service.record(service);
    bucket.lag.record(record.sentMicros - record.intendedMicros);
    const Anatomy& anatomy = sample.anatomy;
    if (anatomy.lockWaitMicros >= 0)
        bucket.lockWait.record(anatomy.lockWaitMicros);
    if (anatomy.lockWaitMicros < 0 || anatomy.workMicros < 0)
        return;
    bucket.work.record(anatomy.workMicros);
    bucket.rest.record(service - anatomy.lockWaitMicros - anatomy.workMicros);
}

void TimeSeries::addBacklog(qint64 backlog, double atSeconds)
{
    qint64& most = bucketAt(atSeconds).point.backlog;
    most = std::max(most, backlog);
}

void TimeSeries::add(const ActivitySample& sample, double atSeconds)
{
    SeriesPoint& point = bucketAt(atSeconds).point;
    point.active = std::max(point.active, sample.active);
    point.idle = std::max(point.idle, sample.idle);
    point.waitingForLock = std::max(point.waitingForLock, sample.waitingForLock);
    point.waitingForCommit = std::max(point.waitingForCommit, sample.waitingForCommit);
}

void TimeSeries::refresh(QList<SeriesPoint>& points)
{
    points.resize(qsizetype(m_buckets.size()));
    for (std::size_t index = 0; index < m_buckets.size(); ++index) {
        Bucket& bucket = m_buckets[index];
        if (!bucket.isDirty)
            continue;
        bucket.point.response = bucket.response.percentiles();
        bucket.point.lag = bucket.lag.percentiles();
        bucket.point.lockWait = bucket.lockWait.percentiles();
        bucket.point.work = bucket.work.percentiles();
        bucket.point.rest = bucket.rest.percentiles();
        bucket.isDirty = false;
        points[qsizetype(index)] = bucket.point;
    }
}

QList<Interval> TimeSeries::intervals() const
{
    QList<Interval> intervals;
    for (const Bucket& bucket : m_buckets)
        intervals.append({.atSeconds = bucket.point.atSeconds,
                          .seconds = bucket.point.bucketSeconds,
                          .response = bucket.response,
                          .service = bucket.service});
    return intervals;
}

} // namespace tallystick
