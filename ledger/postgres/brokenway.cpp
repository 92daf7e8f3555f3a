// SPDX-License-Identifier: GPL-3.0-or-later
//! Postings with one fault each: what a stress run must catch.
#include "ledger/postgres/lockedbalance.h"
#include "ledger/postgres/rows.h"
#include "ledger/postgres/unitofwork.h"
#include "ledger/postgres/ways.h"

#include <QtCore/QDeadlineTimer>
#include <QtCore/QThread>

#include <algorithm>

namespace tallystick::postgres {

namespace {

/// An unlocked posting computes so long between reading and writing, once another session has read
/// the same balance; how late that one is depends on the machine's load, so it is waited for.
constexpr unsigned long thinkMillis = 40;
constexpr int longestWaitMillis = 3'000;
constexpr unsigned long pollMillis = 2;

TransactionKey freshened(const TransactionKey& key)
{
    return TransactionKey::from(key.text() + QLatin1Char('~') + newTransactionKey().text())
        .value_or(newTransactionKey());
}

class BrokenWay final : public PostingWay
{
public:
    BrokenWay(Session& session, Fault fault)
        : m_session(session)
        , m_fault(fault)
        , m_steps(session)
        , m_sound(makeRowLockWay(session))
    {
    }

    Result<Receipt> post(const Posting& asked, Finish finish) override
    {
        Posting posting = asked;
        switch (m_fault) {
        case Fault::FreshKeyOnRetry:
            posting.key = freshened(asked.key);
            return underItsKey(m_sound->post(posting, finish), asked.key);
        case Fault::IgnoresCeiling:
            posting.ceiling.reset();
            return m_sound->post(posting, finish);
        case Fault::RefundsUnchecked:
            posting.refundOf.reset();
            return m_sound->post(posting, finish);
        case Fault::NoLock:
        case Fault::CeilingLowers:
        case Fault::RecordsRequested:
        case Fault::WrongSign:
        case Fault::BalanceWithoutRow:
        case Fault::RowWithoutBalance:
        case Fault::RepliesBeforeCommit:
            return written(posting, finish);
        case Fault::ActivatesAgain:
        case Fault::ReversesAgain:
            break;
        }
        return m_sound->post(posting, finish);
    }

    Result<Receipt> reverse(const Reversal& reversal, Finish finish) override
    {
        if (m_fault != Fault::ReversesAgain)
            return m_sound->reverse(reversal, finish);
        auto original = m_steps.find(reversal.user, reversal.key);
        if (!original)
            return original.error();
        if (!*original)
            return RefusalWithFacts{.refusal = Refusal::TransactionUnknown,
                                    .subject = reversal.key.text()};
        Posting again{.user = reversal.user,
                      .key = freshened(reversalKey(reversal.key)),
                      .amount = *(*original)->amount.negated(),
                      .type = (*original)->type,
                      .mayOverdraw = true,
                      .metadata = reversal.metadata};
        again.metadata.insert(QStringLiteral("reverses"), reversal.key.text());
        return underItsKey(m_sound->post(again, finish), reversalKey(reversal.key));
    }

    Result<Receipt> activate(const Activation& activation, Finish finish) override
    {
        return m_fault == Fault::ActivatesAgain ? activatedAgain(activation, finish)
                                                : m_sound->activate(activation, finish);
    }

private:
    static Result<Receipt> underItsKey(Result<Receipt> answer, const TransactionKey& key)
    {
        if (answer)
            answer->key = key;
        return answer;
    }

    Result<Receipt> written(const Posting& posting, Finish finish)
    {
        auto work = UnitOfWork::begin(m_session);
        if (!work)
            return work.error();
        auto before =
            m_fault == Fault::NoLock ? unlocked(posting.user) : m_steps.lock(posting.user);
        if (!before)
            return before.error();
        const auto decision = brokenDecision(posting, before->balance);
        if (const auto* refusal = std::get_if<RefusalWithFacts>(&decision))
            return *refusal;
        const Movement& movement = std::get<Movement>(decision);
        const qint64 sequence = before->sequence + 1;
        Instant at = Instant::now();
        if (m_fault != Fault::BalanceWithoutRow) {
            auto inserted = m_steps.insert(rowOf(posting, movement, *before));
            if (!inserted)
                return inserted.error();
            if (!*inserted)
                return RefusalWithFacts{.refusal = Refusal::KeyReused,
                                        .subject = posting.user.text()};
            at = **inserted;
        }
        if (m_fault != Fault::RowWithoutBalance) {
            if (Outcome made = ensureRow(posting.user); !made)
                return made.error();
            if (Outcome stored = m_steps.store(posting.user, movement.balance, sequence, at);
                !stored)
                return stored.error();
        }
        if (finish == Finish::Commit && m_fault != Fault::RepliesBeforeCommit)
            if (Outcome committed = (*work)->commit(); !committed)
                return committed.error();
        return Receipt{.key = posting.key,
                       .requested = posting.amount,
                       .applied = movement.applied,
                       .balance = movement.balance,
                       .at = at,
                       .sequence = sequence,
                       .clamp = movement.clamp};
    }

    NewRow rowOf(const Posting& posting, const Movement& movement, const LockedBalance& before)
    {
        NewRow row{.key = posting.key,
                   .user = posting.user,
                   .amount = movement.applied,
                   .type = posting.type,
                   .metadata = withClamp(posting.metadata, posting.amount, movement.clamp),
                   .runningBalance = movement.balance,
                   .sequence = before.sequence + 1,
                   .last = before.last};
        if (m_fault == Fault::WrongSign)
            row.amount = movement.applied.negated().value_or(movement.applied);
        if (m_fault == Fault::RecordsRequested || m_fault == Fault::CeilingLowers) {
            row.amount = std::clamp(posting.amount, Credits::storedMin(), Credits::storedMax());
            row.metadata = posting.metadata;
        }
        return row;
    }

    /// A ceiling that is taken for the new balance even when the balance was above it.
    std::variant<Movement, RefusalWithFacts> brokenDecision(const Posting& posting, Credits before)
    {
        if (m_fault == Fault::CeilingLowers && posting.ceiling && before >= *posting.ceiling)
            return Movement{.applied = *posting.ceiling->minus(before),
                            .balance = *posting.ceiling,
                            .clamp = Clamp::Ceiling};
        return decide(before, posting);
    }

    /// The balance as a plain read sees it, then time for everybody else to read it too.
    Result<LockedBalance> unlocked(const UserId& user)
    {
        auto read = m_session.run("queries/balance", {{"user", user.text()}});
        if (!read)
            return read.error();
        Statement& row = **read;
        if (!row.next())
            return RefusalWithFacts{.refusal = Refusal::UserUnknown, .subject = user.text()};
        const Credits balance =
            optionalCreditsAt(row, "stored")
                .value_or(optionalCreditsAt(row, "running").value_or(creditsAt(row, "total")));
        const LockedBalance seen{
            .balance = balance, .sequence = numberAt(row, "sequence"), .last = Instant{}};
        if (Outcome met = awaitCompany(user); !met)
            return met.error();
        return seen;
    }

    /// Until another session has read the balance as well: then both have before either writes.
    /// Once a session: whoever comes later finds the others counted.
    Outcome awaitCompany(const UserId& user)
    {
        if (!m_hadCompany) {
            m_hadCompany = true;
            if (auto joined = m_session.run("bench/join_readers", {{"user", user.text()}}); !joined)
                return joined.error();
            const QDeadlineTimer deadline(longestWaitMillis);
            for (qint64 readers = 0; readers < 2 && !deadline.hasExpired();) {
                auto counted = m_session.run("bench/count_readers", {{"user", user.text()}});
                if (!counted)
                    return counted.error();
                (*counted)->next();
                readers = numberAt(**counted, "readers");
                (*counted)->finish();
                QThread::msleep(pollMillis);
            }
        }
        QThread::msleep(thinkMillis);
        return Done{};
    }

    Outcome ensureRow(const UserId& user)
    {
        auto ensured = m_session.run("commands/ensure_balance", {{"user", user.text()}});
        if (!ensured)
            return ensured.error();
        return Done{};
    }

    /// Looks at the pending row, then locks, and does not look again.
    Result<Receipt> activatedAgain(const Activation& activation, Finish finish)
    {
        auto pending = m_steps.find(activation.user, activation.key);
        if (!pending)
            return pending.error();
        if (!*pending || (*pending)->active)
            return RefusalWithFacts{.refusal = Refusal::AlreadyActive,
                                    .subject = activation.key.text()};
        if (Outcome met = awaitCompany(activation.user); !met)
            return met.error();
        auto work = UnitOfWork::begin(m_session);
        if (!work)
            return work.error();
        auto before = m_steps.lock(activation.user);
        if (!before)
            return before.error();
        const Credits balance = *before->balance.plus((*pending)->amount);
        auto updated =
            m_session.run("commands/activate_transaction", {{"user", activation.user.text()},
                                                            {"key", activation.key.text()},
                                                            {"new_key", activation.key.text()},
                                                            {"amount", (*pending)->amount.value()},
                                                            {"running_balance", balance.value()},
                                                            {"sequence", before->sequence + 1},
                                                            {"last_micros", before->last.micros},
                                                            {"metadata", QStringLiteral("{}")}});
        if (!updated)
            return updated.error();
        const Instant at = Instant::now();
        if (Outcome stored = m_steps.store(activation.user, balance, before->sequence + 1, at);
            !stored)
            return stored.error();
        if (finish == Finish::Commit)
            if (Outcome committed = (*work)->commit(); !committed)
                return committed.error();
        return Receipt{.key = activation.key,
                       .requested = (*pending)->requested,
                       .applied = (*pending)->amount,
                       .balance = balance,
                       .at = at,
                       .sequence = before->sequence + 1};
    }

    Session& m_session;
    Fault m_fault;
    LockedSteps m_steps;
    std::unique_ptr<PostingWay> m_sound; ///< for everything but the fault
    bool m_hadCompany = false;
};

} // namespace

std::unique_ptr<PostingWay> makeBrokenWay(Session& session, Fault fault)
{
    return std::make_unique<BrokenWay>(session, fault);
}

} // namespace tallystick::postgres
