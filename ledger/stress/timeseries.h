// SPDX-License-Identifier: GPL-3.0-or-later
//! The run's course over time, in a bounded number of points.
#pragma once
#include "ledger/stress/histogram.h"
#include "ledger/stress/lane.h"

#include <vector>

namespace tallystick {

/// At most 600 points; when they are full, neighbours are merged and the width doubles. Not
/// thread-safe.
class TimeSeries final
{
public:
    static constexpr int maxPoints = 600;

    explicit TimeSeries(double bucketSeconds = 0.1);
    void add(const LaneSample& sample);
    void addBacklog(qint64 backlog, double atSeconds);
    void add(const ActivitySample& sample, double atSeconds);
    /// Brings \a points up to date: only what changed is computed anew.
    void refresh(QList<SeriesPoint>& points);
    [[nodiscard]] QList<Interval> intervals() const;

private:
    struct Bucket
    {
        SeriesPoint point;
        SparseHistogram response, service, lag, lockWait, work, rest;
        bool isDirty = true;
    };
    [[nodiscard]] Bucket& bucketAt(double seconds);
    static void addTimes(Bucket& bucket, const LaneSample& sample);
    void merge();

    double m_bucketSeconds;
    std::vector<Bucket> m_buckets;
};

} // namespace tallystick
