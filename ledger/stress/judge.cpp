// SPDX-License-Identifier: GPL-3.0-or-later
//! Streams users through every check.
#include "ledger/stress/judge.h"

#include "ledger/stress/doubts.h"
#include "ledger/stress/recorder.h"

#include <algorithm>
#include <array>

namespace tallystick {

namespace {

constexpr qsizetype maxReportedChains = 20;
constexpr qsizetype maxReportedRows = 2'000;

struct NamedCheck
{
    const char* id;
    const char* name;
    Check* check;
};

constexpr std::array checks{NamedCheck{"R1", "no lost acknowledgement", checkNoLostAcknowledgement},
                            NamedCheck{"R2", "no ghost", checkNoGhost},
                            NamedCheck{"R3", "exactly once", checkExactlyOnce},
                            NamedCheck{"R4", "chain", checkChain},
                            NamedCheck{"R5", "conservation", checkConservation},
                            NamedCheck{"R6", "bounds", checkBounds},
                            NamedCheck{"R7", "reply agreement", checkReplies},
                            NamedCheck{"R8", "real-time order", checkRealTimeOrder},
                            NamedCheck{"R9", "justified refusals", checkRefusals},
                            NamedCheck{"R10", "reads", checkReads},
                            NamedCheck{"R11", "durability", checkDurability}};
constexpr std::size_t conservation = 4; // its place among them

/// The users of a plan in their order, and their chains as they come in the same order.
class Procession final
{
public:
    Procession(const Plan& plan, RecordsByUser& records, Trial& trial)
        : m_plan(plan)
        , m_records(records)
        , m_trial(trial)
    {
    }
    /// Hears everybody before the chain's user, who have none, and then that one.
    [[nodiscard]] Outcome pass(Chain&& chain)
    {
        while (m_next < m_plan.users().size() && m_plan.users().at(m_next) != chain.user)
            if (Outcome heard = hearNext(std::nullopt); !heard)
                return heard;
        return m_next < m_plan.users().size() ? hearNext(std::move(chain)) : Outcome(Done{});
    }
    [[nodiscard]] Outcome finish()
    {
        while (m_next < m_plan.users().size())
            if (Outcome heard = hearNext(std::nullopt); !heard)
                return heard;
        return Done{};
    }

private:
    Outcome hearNext(std::optional<Chain> chain)
    {
        const auto records = m_records.of(m_next);
        if (!records)
            return records.error();
        m_trial.hear(m_plan.users().at(m_next), std::move(chain), *records);
        ++m_next;
        return Done{};
    }

    const Plan& m_plan;
    RecordsByUser& m_records;
    Trial& m_trial;
    qsizetype m_next = 0;
};

} // namespace

Trial::Trial(const Plan& plan, const QList<LockWait>& lockQueue, bool hasSnapshot)
    : m_evidence(plan, lockQueue)
{
    m_judgement.hasSnapshot = hasSnapshot;
    for (const NamedCheck& named : checks)
        m_finders.emplace_back(QLatin1String(named.id), QLatin1String(named.name));
    if (!hasSnapshot)
        for (Finder& finder : m_finders)
            finder.doubt({.what = QStringLiteral("noSnapshot")});
}

void Trial::hear(const UserId& user, std::optional<Chain> chain, std::span<OperationRecord> records)
{
    UserEvidence evidence(m_evidence, user, std::move(chain), records);
    const auto complaints = [this] {
        qint64 sum = 0;
        for (const Finder& finder : m_finders)
            sum += finder.complaints();
        return sum;
    };
    if (m_judgement.hasSnapshot) {
        resolveDoubts(m_evidence, evidence);
        const qint64 before = complaints();
        for (std::size_t check = 0; check < checks.size(); ++check)
            checks[check].check(m_finders[check], m_evidence, evidence);
        m_totals.add(m_evidence, evidence);
        m_secondPass.hear(evidence.verdict());
        keepChain(evidence.chain(), complaints() > before);
    }
    countIn(evidence);
    if (m_evidence.plan().users().size() == 1)
        m_expectations = checkExpectations(m_evidence, evidence, m_judgement.hasSnapshot);
}

void Trial::countIn(const UserEvidence& user)
{
    for (const OperationRecord& record : user.records()) {
        count(m_judgement.counts, record.outcome);
        count(m_byKind[std::size_t(record.kind)], record.outcome);
        m_judgement.attempts += record.attempts;
        if (record.outcome == OperationOutcome::Failed && !wasUnavailable(record))
            ++m_judgement.failedThoughThere;
        if (record.wasDoubted && record.planned.ordinal < Recorder::maxTimeline)
            m_judgement.resolved.insert(record.planned.ordinal, record.outcome);
    }
}

void Trial::keepChain(const Chain& chain, bool isExample)
{
    QList<Chain>& chains = m_judgement.chains;
    if (isExample && !m_hasExamples)
        chains.clear(); // of users nothing is wrong with
    m_hasExamples = m_hasExamples || isExample;
    if (chains.size() == maxReportedChains || isExample != m_hasExamples)
        return;
    Chain& kept = chains.emplace_back(chain);
    kept.rows = kept.rows.last(std::min(kept.rows.size(), maxReportedRows));
}

Judgement Trial::judgement() const
{
    Judgement judgement = m_judgement;
    for (std::size_t check = 0; check < m_finders.size(); ++check) {
        Finder finder = m_finders[check];
        if (check == conservation && m_judgement.hasSnapshot)
            m_totals.check(finder);
        judgement.invariants.append(finder.result());
    }
    judgement.invariants += m_expectations;
    for (const OperationKind kind : allOperationKinds)
        if (const OutcomeCounts& counts = m_byKind[std::size_t(kind)]; counts.issued() > 0)
            judgement.byOperation.insert(nameOf(kind), counts);
    return judgement;
}

Result<Judgement> judge(const Plan& plan, const QList<LockWait>& lockQueue, History& history,
                        Bench* bench)
{
    RecordsByUser records(history, plan.users().size());
    if (const Outcome arranged = records.arrange(); !arranged)
        return arranged.error();
    Trial trial(plan, lockQueue, bench != nullptr);
    Procession procession(plan, records, trial);
    ServerFindings byServer;
    if (bench) {
        Outcome passed = Done{};
        auto read = bench->snapshot(plan.users(), [&](Chain&& chain) {
            passed = procession.pass(std::move(chain));
            return passed.ok();
        });
        if (!passed)
            return passed.error();
        if (!read)
            return read.error();
        byServer = *std::move(read);
    }
    if (const Outcome finished = procession.finish(); !finished)
        return finished.error();
    Judgement judgement = trial.judgement();
    if (bench)
        judgement.agreement = trial.secondPass().agreementWith(byServer);
    return judgement;
}

} // namespace tallystick
