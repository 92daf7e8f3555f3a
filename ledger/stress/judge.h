// SPDX-License-Identifier: GPL-3.0-or-later
//! Puts a whole run on trial, a user at a time, in the memory one user needs.
#pragma once
#include "ledger/stress/evidence.h"
#include "ledger/stress/history.h"
#include "ledger/stress/secondpass.h"

#include <array>

namespace tallystick {

/// What came out of it.
struct Judgement
{
    bool hasSnapshot = false;
    QList<InvariantResult> invariants;
    std::optional<Agreement> agreement; ///< with the server's pass
    OutcomeCounts counts;               ///< of the whole history, with doubts resolved
    QMap<QString, OutcomeCounts> byOperation;
    qint64 attempts = 0;
    qint64 failedThoughThere = 0;             ///< failed, and not for want of the server
    QHash<qint64, OperationOutcome> resolved; ///< doubts of small runs, by their number
    QList<Chain> chains; ///< of users with examples, else the first few; bounded, newest rows
};

/// Hears users in any order, each once.
class Trial final
{
public:
    /// \a hasSnapshot: rows and balances were read after the fence; without them every invariant
    /// is unknown and no doubt is resolved.
    Trial(const Plan& plan, const QList<LockWait>& lockQueue, bool hasSnapshot);
    /// Resolves the user's doubts in \a records and checks everything.
    void hear(const UserId& user, std::optional<Chain> chain, std::span<OperationRecord> records);
    [[nodiscard]] const SecondPass& secondPass() const { return m_secondPass; }
    [[nodiscard]] Judgement judgement() const;

private:
    void countIn(const UserEvidence& user);
    void keepChain(const Chain& chain, bool isExample);

    Evidence m_evidence;
    std::vector<Finder> m_finders;
    Totals m_totals;
    SecondPass m_secondPass;
    std::array<OutcomeCounts, allOperationKinds.size()> m_byKind;
    Judgement m_judgement;
    QList<InvariantResult> m_expectations;
    bool m_hasExamples = false;
};

/// The history beside what \a bench reads of every user of the plan, streamed; \a bench null:
/// nothing can be read. Fails where bench or history cannot be read to the end.
[[nodiscard]] Result<Judgement> judge(const Plan& plan, const QList<LockWait>& lockQueue,
                                      History& history, Bench* bench);

} // namespace tallystick
