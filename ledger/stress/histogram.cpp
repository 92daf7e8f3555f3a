// SPDX-License-Identifier: GPL-3.0-or-later
//! Percentiles from counted buckets.
#include "ledger/stress/histogram.h"

#include <algorithm>
#include <cmath>

namespace tallystick {

namespace {

/// The ceil(q·n)-th smallest value has this rank; a hair is taken off so that 0.95 · 100 is 95
/// and not 96 by the rounding of 0.95.
qint64 rankOf(double quantile, qint64 count)
{
    const double exact = quantile * double(count);
    return std::clamp<qint64>(qint64(std::ceil(exact - exact * 1e-12)), 1, count);
}

/// Walks (bucket, count) pairs once for all percentiles.
template <class Pairs>
Percentiles percentilesOf(const Pairs& pairs, qint64 count, qint64 max)
{
    Percentiles result{.count = count, .max = max};
    if (count == 0)
        return result;
    const std::array wanted{std::pair(0.5, &result.p50), std::pair(0.95, &result.p95),
                            std::pair(0.99, &result.p99), std::pair(0.999, &result.p999)};
    std::size_t next = 0;
    qint64 seen = 0;
    for (const auto& [bucket, times] : pairs) {
        seen += times;
        while (next < wanted.size() && seen >= rankOf(wanted[next].first, count)) {
            *wanted[next].second = std::min(buckets::highestOf(bucket), max);
            ++next;
        }
        if (next == wanted.size())
            break;
    }
    if (count < enoughForP999)
        result.p999 = 0;
    return result;
}

} // namespace

qint64 buckets::highestOf(int index)
{
    if (index < 2'048)
        return index;
    const int b = (index >> 10) - 1;
    const qint64 lowest = qint64((index & 1'023) + 1'024) << b;
    return lowest + (qint64(1) << b) - 1;
}

Histogram::Histogram()
    : m_counts(buckets::count, 0)
{
}

void Histogram::add(const Histogram& other)
{
    for (std::size_t index = 0; index < m_counts.size(); ++index)
        m_counts[index] += other.m_counts[index];
    m_count += other.m_count;
    m_max = std::max(m_max, other.m_max);
}

qint64 Histogram::percentile(double quantile) const
{
    if (m_count == 0)
        return 0;
    const qint64 rank = rankOf(quantile, m_count);
    qint64 seen = 0;
    for (std::size_t index = 0; index < m_counts.size(); ++index) {
        seen += m_counts[index];
        if (seen >= rank)
            return std::min(buckets::highestOf(int(index)), m_max);
    }
    Q_UNREACHABLE();
}

Percentiles Histogram::percentiles() const
{
    std::vector<std::pair<int, qint64>> used;
    for (std::size_t index = 0; index < m_counts.size(); ++index)
        if (m_counts[index] > 0)
            used.emplace_back(int(index), m_counts[index]);
    return percentilesOf(used, m_count, m_max);
}

void SparseHistogram::record(qint64 value)
{
    const int bucket = buckets::indexOf(value);
    const auto place = std::lower_bound(m_counts.begin(), m_counts.end(), bucket,
                                        [](const auto& pair, int b) { return pair.first < b; });
    if (place != m_counts.end() && place->first == bucket)
        ++place->second;
    else
        m_counts.insert(place, {bucket, 1});
    ++m_count;
    m_max = std::max(m_max, value);
}

void SparseHistogram::add(const SparseHistogram& other)
{
    std::vector<std::pair<int, qint64>> merged;
    merged.reserve(m_counts.size() + other.m_counts.size());
    auto a = m_counts.begin();
    auto b = other.m_counts.begin();
    while (a != m_counts.end() || b != other.m_counts.end()) {
        if (b == other.m_counts.end() || (a != m_counts.end() && a->first < b->first)) {
            merged.push_back(*a++);
        } else if (a == m_counts.end() || b->first < a->first) {
            merged.push_back(*b++);
        } else {
            merged.emplace_back(a->first, a->second + b->second);
            ++a;
            ++b;
        }
    }
    m_counts = std::move(merged);
    m_count += other.m_count;
    m_max = std::max(m_max, other.m_max);
}

Percentiles SparseHistogram::percentiles() const
{
    return percentilesOf(m_counts, m_count, m_max);
}

} // namespace tallystick
