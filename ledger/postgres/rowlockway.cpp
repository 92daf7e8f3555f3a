// SPDX-License-Identifier: GPL-3.0-or-later
//! Posts in a transaction the client drives: lock the balance row, decide here, write.
#include "ledger/postgres/lockedbalance.h"
#include "ledger/postgres/rows.h"
#include "ledger/postgres/unitofwork.h"
#include "ledger/postgres/ways.h"

#include <QtCore/QElapsedTimer>

namespace tallystick::postgres {

namespace {

using Decision = std::variant<Movement, RefusalWithFacts>;

class RowLockWay final : public PostingWay
{
public:
    explicit RowLockWay(Session& session)
        : m_session(session)
        , m_steps(session)
    {
    }

    Result<Receipt> post(const Posting& posting, Finish finish) override
    {
        Result<Receipt> answer = locked(posting.user, finish, [&](const LockedBalance& before) {
            return posted(posting, before);
        });
        if (const auto* refusal = answer.refusal()) {
            RefusalWithFacts complete = *refusal;
            complete.requested = posting.amount;
            if (complete.refusal == Refusal::UserUnknown)
                complete.ceiling = posting.ceiling;
            return complete;
        }
        return answer;
    }
    Result<Receipt> reverse(const Reversal& reversal, Finish finish) override
    {
        return locked(reversal.user, finish,
                      [&](const LockedBalance& before) { return reversed(reversal, before); });
    }
    Result<Receipt> activate(const Activation& activation, Finish finish) override
    {
        return locked(activation.user, finish,
                      [&](const LockedBalance& before) { return activated(activation, before); });
    }

private:
    /// One transaction around \a act, which runs with the balance row locked. A refusal commits
    /// too: the balance row it may have made from history is right, whatever was asked.
    template <class Act>
    Result<Receipt> locked(const UserId& user, Finish finish, const Act& act)
    {
        auto work = UnitOfWork::begin(m_session);
        if (!work)
            return work.error();
        Anatomy anatomy;
        QElapsedTimer clock;
        clock.start();
        auto before = m_steps.lock(user);
        anatomy.lockWaitMicros = clock.nsecsElapsed() / 1000;
        clock.restart();
        Result<Receipt> answer = before ? act(*before) : Result<Receipt>(before.error());
        anatomy.workMicros = clock.nsecsElapsed() / 1000;
        if (answer.failure())
            return answer;
        if (finish == Finish::Commit)
            if (Outcome committed = (*work)->commit(); !committed)
                return committed.error();
        if (const RefusalWithFacts* refusal = answer.refusal()) {
            RefusalWithFacts timed = *refusal;
            timed.anatomy = anatomy;
            return timed;
        }
        answer->anatomy = anatomy;
        return answer;
    }

    Result<Receipt> posted(const Posting& posting, const LockedBalance& before)
    {
        if (!posting.active) {
            auto existing = answerExisting(posting, before);
            if (!existing)
                return existing.error();
            if (existing->has_value())
                return **std::move(existing);
        }
        Result<Decision> decision = decided(posting, before);
        if (!decision)
            return decision.error();
        if (const auto* refusal = std::get_if<RefusalWithFacts>(&*decision))
            return replayOr(*refusal, posting, before);

        const Movement& movement = std::get<Movement>(*decision);
        const std::optional<qint64> sequence =
            posting.active ? std::optional(before.sequence + 1) : std::nullopt;
        auto at =
            m_steps.insert({.key = posting.key,
                            .user = posting.user,
                            .amount = movement.applied,
                            .type = posting.type,
                            .active = posting.active,
                            .metadata = withClamp(posting.metadata, posting.amount, movement.clamp),
                            .runningBalance = movement.balance,
                            .sequence = sequence,
                            .last = before.last});
        if (!at)
            return at.error();
        if (!*at)
            return replayOr({.refusal = Refusal::KeyReused}, posting, before);
        if (Outcome stored = m_steps.store(posting.user, movement.balance,
                                           sequence.value_or(before.sequence), **at);
            !stored)
            return stored.error();
        return Receipt{.key = posting.key,
                       .requested = posting.amount,
                       .applied = movement.applied,
                       .balance = movement.balance,
                       .at = **at,
                       .sequence = sequence,
                       .clamp = movement.clamp};
    }

    /// Refunds are looked at before funds; pending postings check neither.
    Result<Decision> decided(const Posting& posting, const LockedBalance& before)
    {
        if (posting.refundOf && posting.active) {
            auto refusal = refundRefusal(posting, before);
            if (!refusal)
                return refusal.error();
            if (*refusal)
                return Decision(**refusal);
        }
        return decide(before.balance, posting);
    }

    Result<std::optional<RefusalWithFacts>> refundRefusal(const Posting& posting,
                                                          const LockedBalance& before)
    {
        RefusalWithFacts facts{.subject = posting.user.text(),
                               .balance = before.balance,
                               .requested = posting.amount,
                               .ceiling = posting.ceiling};
        auto payment = m_steps.find(posting.user, *posting.refundOf);
        if (!payment)
            return payment.error();
        if (!*payment) {
            facts.refusal = Refusal::TransactionUnknown;
            return std::optional(facts);
        }
        if (!(*payment)->active || (*payment)->type != TransactionType::TopUp ||
            (*payment)->amount <= Credits()) {
            facts.refusal = Refusal::NotARefundablePayment;
            return std::optional(facts);
        }
        auto reversal = m_steps.find(posting.user, reversalKey(*posting.refundOf));
        if (!reversal)
            return reversal.error();
        Credits remaining;
        if (!*reversal) {
            auto refunds = m_steps.refundsOf(posting.user, *posting.refundOf);
            if (!refunds)
                return refunds.error();
            remaining = *(*payment)->amount.plus(refunds->refunded);
        }
        if (posting.amount.value() >= -remaining.value())
            return std::optional<RefusalWithFacts>();
        facts.refusal = Refusal::RefundExceedsPayment;
        facts.ceiling = remaining;
        return std::optional(facts);
    }

    /// A replay comes before every refusal.
    Result<Receipt> replayOr(const RefusalWithFacts& refusal, const Posting& posting,
                             const LockedBalance& before)
    {
        auto existing = answerExisting(posting, before);
        if (!existing)
            return existing.error();
        return existing->has_value() ? **std::move(existing) : Result<Receipt>(refusal);
    }

    /// The answer where a row with this key stands already. For a pending posting a row that was
    /// activated under a new key still answers for the old one.
    Result<std::optional<Result<Receipt>>> answerExisting(const Posting& posting,
                                                          const LockedBalance& before)
    {
        auto found = m_steps.find(posting.user, posting.key);
        if (found && !*found && !posting.active)
            found = m_steps.findActivatedFrom(posting.user, posting.key);
        if (!found)
            return found.error();
        if (!*found)
            return std::optional<Result<Receipt>>();
        const PostedRow& row = **found;
        RefusalWithFacts facts{.subject = posting.user.text(),
                               .balance = before.balance,
                               .requested = posting.amount,
                               .ceiling = posting.ceiling};
        if (posting.onSameKey == Posting::OnSameKey::AlreadyClaimed) {
            facts.refusal = Refusal::AlreadyClaimed;
            return std::optional(Result<Receipt>(facts));
        }
        if (row.type != posting.type || row.requested != posting.amount ||
            row.refundOf != posting.refundOf || (posting.active && !row.active)) {
            facts.refusal = Refusal::KeyReused;
            return std::optional(Result<Receipt>(facts));
        }
        return std::optional(
            Result<Receipt>(Receipt{.key = row.key,
                                    .requested = posting.amount,
                                    .applied = row.amount,
                                    .balance = row.runningBalance.value_or(before.balance),
                                    .at = row.at,
                                    .sequence = row.sequence,
                                    .replayed = true,
                                    .clamp = row.clamp}));
    }

    Result<Receipt> reversed(const Reversal& reversal, const LockedBalance& before)
    {
        RefusalWithFacts facts{.subject = reversal.key.text(), .balance = before.balance};
        const TransactionKey key = reversalKey(reversal.key);
        auto original = m_steps.find(reversal.user, reversal.key);
        if (!original)
            return original.error();
        if (!*original) {
            facts.refusal = Refusal::TransactionUnknown;
            return facts;
        }
        const PostedRow& row = **original;
        facts.requested = *row.amount.negated();
        auto earlier = m_steps.find(reversal.user, key);
        if (!earlier)
            return earlier.error();
        if (*earlier) {
            facts.refusal = Refusal::AlreadyReversed;
            return facts;
        }
        auto refunds = m_steps.refundsOf(reversal.user, reversal.key);
        if (!refunds)
            return refunds.error();
        if (!row.active || row.amount.isZero() || row.reverses ||
            (row.type == TransactionType::TopUp && refunds->count > 0)) {
            facts.refusal = Refusal::NotReversible;
            return facts;
        }
        QJsonObject metadata = reversal.metadata;
        metadata.insert(QStringLiteral("reverses"), reversal.key.text());
        if (row.refundOf)
            metadata.insert(QStringLiteral("refundOf"), row.refundOf->text());
        // Sent as a posting of the opposite amount: the checks above stand in for its own.
        return posted({.user = reversal.user,
                       .key = key,
                       .amount = facts.requested,
                       .type = row.type,
                       .mayOverdraw = true,
                       .metadata = metadata},
                      before);
    }

    Result<Receipt> activated(const Activation& activation, const LockedBalance& before)
    {
        RefusalWithFacts facts{.subject = activation.key.text(), .balance = before.balance};
        const TransactionKey key = activation.newKey.value_or(activation.key);
        auto pending = m_steps.find(activation.user, activation.key);
        if (!pending)
            return pending.error();
        if (!*pending) {
            auto earlier = m_steps.findActivatedFrom(activation.user, activation.key);
            if (!earlier)
                return earlier.error();
            facts.refusal = *earlier ? Refusal::AlreadyActive : Refusal::TransactionUnknown;
            return facts;
        }
        facts.requested = (*pending)->requested;
        if ((*pending)->active) {
            facts.refusal = Refusal::AlreadyActive;
            return facts;
        }
        if (key != activation.key) {
            auto taken = m_steps.find(activation.user, key);
            if (!taken)
                return taken.error();
            if (*taken) {
                facts.refusal = Refusal::KeyReused;
                return facts;
            }
        }
        const Decision decision =
            decide(before.balance, {.user = activation.user, .amount = (*pending)->requested});
        if (std::holds_alternative<RefusalWithFacts>(decision)) {
            facts.refusal = std::get<RefusalWithFacts>(decision).refusal;
            return facts;
        }
        return writeActivation(activation, **pending, std::get<Movement>(decision), before);
    }

    Result<Receipt> writeActivation(const Activation& activation, const PostedRow& pending,
                                    const Movement& movement, const LockedBalance& before)
    {
        const TransactionKey key = activation.newKey.value_or(activation.key);
        QJsonObject metadata = withClamp(activation.metadata, pending.requested, movement.clamp);
        auto updated = m_session.run(
            "commands/activate_transaction",
            {{"user", activation.user.text()},
             {"key", activation.key.text()},
             {"new_key", key.text()},
             {"amount", movement.applied.value()},
             {"running_balance", movement.balance.value()},
             {"sequence", before.sequence + 1},
             {"last_micros", before.last.micros},
             {"metadata", metadata.isEmpty() ? QVariant(QStringLiteral("{}")) : bound(metadata)}});
        if (!updated)
            return updated.error();
        const bool hasRow = (*updated)->next();
        Q_ASSERT(hasRow);
        const Instant at{numberAt(**updated, "at_micros")};
        if (Outcome stored =
                m_steps.store(activation.user, movement.balance, before.sequence + 1, at);
            !stored)
            return stored.error();
        return Receipt{.key = key,
                       .requested = pending.requested,
                       .applied = movement.applied,
                       .balance = movement.balance,
                       .at = at,
                       .sequence = before.sequence + 1,
                       .clamp = movement.clamp};
    }

    Session& m_session;
    LockedSteps m_steps;
};

} // namespace

std::unique_ptr<PostingWay> makeRowLockWay(Session& session)
{
    return std::make_unique<RowLockWay>(session);
}

} // namespace tallystick::postgres
