// SPDX-License-Identifier: GPL-3.0-or-later
//! A heap of the worst findings.
#include "app/worstfindings.h"

#include <algorithm>
#include <tuple>

namespace tallystick {

Weight weightOf(FindingKind kind)
{
    if (isHarmless(kind))
        return Weight::Harmless;
    return kind == FindingKind::Unsequenced ? Weight::Unproved : Weight::Wrong;
}

WorstFindings::WorstFindings(std::size_t most)
    : m_most(most)
{
}

void WorstFindings::add(const Finding& finding)
{
    m_heap.push_back({.finding = finding, .number = m_added++});
    std::push_heap(m_heap.begin(), m_heap.end(), isWorse);
    if (m_heap.size() <= m_most)
        return;
    std::pop_heap(m_heap.begin(), m_heap.end(), isWorse);
    m_heap.pop_back();
}

QList<Finding> WorstFindings::ranked() const
{
    std::vector<Entry> entries = m_heap;
    std::sort(entries.begin(), entries.end(), isWorse);
    QList<Finding> findings;
    findings.reserve(qsizetype(entries.size()));
    for (const Entry& entry : entries)
        findings << entry.finding;
    return findings;
}

bool WorstFindings::isWorse(const Entry& a, const Entry& b)
{
    const auto rank = [](const Entry& entry) {
        return std::tuple(weightOf(entry.finding.kind), -entry.finding.credits.value(),
                          entry.number);
    };
    return rank(a) < rank(b);
}

} // namespace tallystick
