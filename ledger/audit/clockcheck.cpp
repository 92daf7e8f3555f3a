// SPDX-License-Identifier: GPL-3.0-or-later
//! Finds rows whose time runs against their order.
#include "ledger/audit/clockcheck.h"

namespace tallystick {

namespace {

using Rows = std::vector<const ChainRow*>;

/// Whether the row before the step back is the wrong one: it stands in the future of what comes
/// after the step as well, while the rows around it agree with each other.
bool isEarlierRowWrong(const Rows& rows, std::size_t index)
{
    const Instant before = rows[index - 1]->createdAt;
    const bool fitsWithoutIt = index < 2 || rows[index]->createdAt >= rows[index - 2]->createdAt;
    const bool nextIsBeforeItToo = index + 1 < rows.size() && rows[index + 1]->createdAt < before;
    return fitsWithoutIt && nextIsBeforeItToo;
}

} // namespace

QList<Finding> clockFindings(const Chain& chain, const Rows& ordered)
{
    QList<Finding> findings;
    Finding small{.kind = FindingKind::OutOfClockOrder, .user = chain.user, .count = 0};
    for (std::size_t index = 1; index < ordered.size(); ++index) {
        const qint64 back = ordered[index - 1]->createdAt.micros - ordered[index]->createdAt.micros;
        if (back <= 0)
            continue;
        if (back <= longestLockWaitMicros) {
            small.count += 1;
            if (small.rows.size() < 20)
                small.rows.append(ordered[index]->key);
            continue;
        }
        const bool isEarlier = isEarlierRowWrong(ordered, index);
        const ChainRow& wrong = *ordered[isEarlier ? index - 1 : index];
        const ChainRow& other = *ordered[isEarlier ? index : index - 1];
        findings.append(Finding{.kind = FindingKind::Clock,
                                .user = chain.user,
                                .rows = {wrong.key, other.key},
                                .count = back / 60'000'000});
    }
    if (small.count > 0)
        findings.append(small);
    return findings;
}

} // namespace tallystick
