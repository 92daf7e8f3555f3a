// SPDX-License-Identifier: GPL-3.0-or-later
//! Compares two sets of users.
#include "ledger/stress/secondpass.h"

#include <algorithm>

namespace tallystick {

namespace {

constexpr qsizetype maxExamples = 20;

} // namespace

void SecondPass::hear(const ChainVerdict& verdict)
{
    ++m_users;
    bool isBroken = false;
    bool isUndecided = false;
    for (const Finding& finding : verdict.findings) {
        // A row that was cut and does not say so has another start than its numbers tell; and a
        // ring of rows without numbers leaves no trace in a sum.
        if (finding.kind == FindingKind::Clamped || finding.kind == FindingKind::Unsequenced ||
            finding.kind == FindingKind::Orphan)
            isUndecided = true;
        else if (breaksOrder(finding.kind))
            isBroken = true;
    }
    if (isUndecided)
        m_undecided.insert(verdict.user);
    else if (isBroken)
        m_broken.insert(verdict.user);
}

Agreement SecondPass::agreementWith(const ServerFindings& server) const
{
    Agreement agreement{.users = m_users,
                        .undecided = (m_undecided + server.undecided).size(),
                        .brokenHere = m_broken.size(),
                        .brokenByServer = server.broken.size()};
    QSet<UserId> differing = (m_broken - server.broken) + (server.broken - m_broken);
    differing -= m_undecided;
    differing -= server.undecided;
    agreement.disagreements = differing.size();
    agreement.examples = differing.values();
    std::sort(agreement.examples.begin(), agreement.examples.end());
    agreement.examples = agreement.examples.first(std::min(agreement.examples.size(), maxExamples));
    return agreement;
}

} // namespace tallystick
