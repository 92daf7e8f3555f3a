// SPDX-License-Identifier: GPL-3.0-or-later
//! The findings worth showing first, in bounded memory.
#pragma once
#include "ledger/audit/finding.h"

#include <vector>

namespace tallystick {

/// How much a finding says against the ledger, the most first.
enum class Weight {
    Wrong,    ///< a rule was broken
    Unproved, ///< nothing is known to be wrong, but nothing proves it right
    Harmless
};
[[nodiscard]] Weight weightOf(FindingKind kind);

/// Keeps the worst findings of any number: by weight, then by the money at stake, then as they
/// came. The order does not depend on how many are kept.
class WorstFindings final
{
public:
    explicit WorstFindings(std::size_t most);

    void add(const Finding& finding);
    /// The worst first.
    [[nodiscard]] QList<Finding> ranked() const;
    [[nodiscard]] qint64 dropped() const { return m_added - qint64(m_heap.size()); }

private:
    struct Entry
    {
        Finding finding;
        qint64 number = 0; ///< as it came
    };
    [[nodiscard]] static bool isWorse(const Entry& a, const Entry& b);

    std::size_t m_most;
    qint64 m_added = 0;
    std::vector<Entry> m_heap; ///< the least bad of those kept is in front
};

} // namespace tallystick
