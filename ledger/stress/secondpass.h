// SPDX-License-Identifier: GPL-3.0-or-later
//! The chains of a run are judged twice, and the two judgements are held against each other.
#pragma once
#include "ledger/audit/finding.h"
#include "ledger/stress/report.h"

namespace tallystick {

/// One pass walks the rows here, in their order; the other is the server's arithmetic over the same
/// snapshot, which puts nothing in order (Bench::snapshot). They share no code: where they do not
/// agree about a user, one of them is wrong, and neither may speak.
class SecondPass final
{
public:
    /// What the first pass says of a user.
    void hear(const ChainVerdict& verdict);
    [[nodiscard]] Agreement agreementWith(const ServerFindings& server) const;

private:
    qint64 m_users = 0;
    QSet<UserId> m_broken;
    QSet<UserId> m_undecided; ///< the passes may differ here without either being wrong
};

} // namespace tallystick
