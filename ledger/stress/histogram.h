// SPDX-License-Identifier: GPL-3.0-or-later
//! Counts of values with three significant digits, from which percentiles are read.
#pragma once
#include "ledger/stress/live.h"

#include <bit>
#include <utility>
#include <vector>

namespace tallystick {

/// The buckets of a high dynamic range histogram (G. Tene, hdrhistogram.org): 1 µs … 67 s, the
/// width of a bucket at most a thousandth of its values.
namespace buckets {

inline constexpr int count = 17'408;
inline constexpr qint64 largestValue = (qint64(2'047) << 15) + (qint64(1) << 15) - 1;

/// Values beyond the range are kept in its first or last bucket.
[[nodiscard]] inline int indexOf(qint64 value)
{
    const quint64 v = value < 0 ? 0U : quint64(value > largestValue ? largestValue : value);
    const int b = 53 - std::countl_zero(v | 2'047U);
    return ((b + 1) << 10) + int(v >> b) - 1'024;
}
/// The largest value that falls into the bucket.
[[nodiscard]] qint64 highestOf(int index);

} // namespace buckets

/// Not thread-safe: one writer.
class Histogram final
{
public:
    Histogram();
    void record(qint64 value)
    {
        ++m_counts[std::size_t(buckets::indexOf(value))];
        ++m_count;
        m_max = value > m_max ? value : m_max;
    }
    void add(const Histogram& other);
    [[nodiscard]] qint64 count() const { return m_count; }
    [[nodiscard]] qint64 max() const { return m_max; } ///< exact
    /// The highest value of the bucket that holds the ceil(q·n)-th smallest value, but never more
    /// than the largest value recorded; 0 when empty.
    [[nodiscard]] qint64 percentile(double quantile) const;
    [[nodiscard]] Percentiles percentiles() const;

private:
    std::vector<qint64> m_counts;
    qint64 m_count = 0;
    qint64 m_max = 0;
};

/// The same, holding only the buckets in use: for the many small stretches of a time series.
/// Merging is exact, which averaging percentiles never is.
class SparseHistogram final
{
public:
    void record(qint64 value);
    void add(const SparseHistogram& other);
    [[nodiscard]] Percentiles percentiles() const;
    [[nodiscard]] qint64 count() const { return m_count; }
    [[nodiscard]] qint64 max() const { return m_max; } ///< exact
    /// Bucket and count of those in use, by bucket.
    [[nodiscard]] const std::vector<std::pair<int, qint64>>& counts() const { return m_counts; }

private:
    std::vector<std::pair<int, qint64>> m_counts;
    qint64 m_count = 0;
    qint64 m_max = 0;
};

/// All response and service times of one stretch of a run, in microseconds, by the moment of their
/// answer. Sums over a run's stretches are its histograms, exactly.
struct Interval
{
    double atSeconds = 0; ///< start since the run began
    double seconds = 0;
    SparseHistogram response;
    SparseHistogram service; ///< without what was never sent
};

} // namespace tallystick
