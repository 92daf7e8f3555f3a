// SPDX-License-Identifier: GPL-3.0-or-later
//! Gathers everything verification can say of one user.
#include "ledger/audit/chaincheck.h"

#include "ledger/audit/claims.h"
#include "ledger/audit/clockcheck.h"
#include "ledger/audit/trailcheck.h"

#include <algorithm>

namespace tallystick {

namespace {

/// The rows by their numbers, and what they say in that order.
QList<Finding> bySequence(const Chain& chain, ChainRows& active)
{
    std::stable_sort(active.begin(), active.end(), [](const ChainRow* a, const ChainRow* b) {
        return *a->sequence < *b->sequence;
    });
    const Course course{.proof = Proof::Sequence, .rows = active};
    return ChainWalk(chain, course).findings();
}

/// The orphans last.
std::vector<qint32> placesOf(const Explanation& explanation, const Chain& chain)
{
    std::vector<qint32> places;
    places.reserve(explanation.ordered.size() + explanation.orphans.size());
    for (const ChainRows* const rows : {&explanation.ordered, &explanation.orphans})
        for (const ChainRow* const row : *rows)
            places.push_back(qint32(row - chain.rows.constData()));
    return places;
}

} // namespace

ChainVerdict checkChain(const Chain& chain, const QList<Credits>& ceilings)
{
    ChainVerdict verdict{.user = chain.user, .rowsChecked = chain.rows.size()};
    qint64 sum = 0;
    ChainRows active;
    for (const ChainRow& row : chain.rows) {
        if (!row.active)
            continue;
        sum += row.amount.value();
        active.push_back(&row);
    }
    if (std::all_of(active.begin(), active.end(),
                    [](const ChainRow* row) { return row->sequence.has_value(); })) {
        verdict.findings = bySequence(chain, active);
    } else {
        Explanation explanation = explained(chain, active, ceilings);
        verdict.proof = explanation.proof;
        verdict.findings = std::move(explanation.findings);
        verdict.order = placesOf(explanation, chain);
        active = std::move(explanation.ordered);
        sum -= explanation.cutAway;
    }
    verdict.computed = Credits::of(sum);
    // Where the order is not proved, the time is the only order there is: it cannot be judged.
    if (verdict.proof != Proof::None)
        verdict.findings += clockFindings(chain, active);
    verdict.findings += duplicateRewards(chain, active);
    verdict.findings += excessiveRefunds(chain, active);
    std::stable_sort(verdict.findings.begin(), verdict.findings.end(),
                     [](const Finding& a, const Finding& b) {
                         const bool harmlessA = isHarmless(a.kind);
                         const bool harmlessB = isHarmless(b.kind);
                         return harmlessA != harmlessB ? harmlessB : a.credits > b.credits;
                     });
    return verdict;
}

} // namespace tallystick
