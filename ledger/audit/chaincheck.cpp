// SPDX-License-Identifier: GPL-3.0-or-later
//! Gathers everything verification can say of one user.
#include "ledger/audit/chaincheck.h"

#include "ledger/audit/chainwalk.h"
#include "ledger/audit/claims.h"
#include "ledger/audit/clockcheck.h"

#include <algorithm>

namespace tallystick {

ChainVerdict checkChain(const Chain& chain)
{
    ChainVerdict verdict{.user = chain.user, .rowsChecked = chain.rows.size()};
    qint64 sum = 0;
    std::vector<const ChainRow*> active;
    for (const ChainRow& row : chain.rows) {
        if (!row.active)
            continue;
        sum += row.amount.value();
        active.push_back(&row);
    }
    verdict.computed = Credits::of(sum);

    ChainWalk walk(chain);
    verdict.proof = walk.isProved() ? Proof::Sequence : Proof::None;
    verdict.findings = walk.findings();
    // Where the order is not proved, the time is the only order there is: it cannot be judged.
    if (verdict.proof == Proof::Sequence) {
        active = walk.ordered();
        verdict.findings += clockFindings(chain, active);
    }
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
