// SPDX-License-Identifier: GPL-3.0-or-later
//! Locks, looks, writes.
#include "ledger/postgres/lockedbalance.h"

#include "ledger/postgres/rows.h"

namespace tallystick::postgres {

Result<LockedBalance> LockedSteps::lock(const UserId& user)
{
    for (const bool isFirstTry : {true, false}) {
        auto locked = m_session.run("commands/lock_balance", {{"user", user.text()}});
        if (!locked)
            return locked.error();
        if ((*locked)->next())
            return LockedBalance{.balance = creditsAt(**locked, "balance"),
                                 .sequence = numberAt(**locked, "sequence"),
                                 .last = Instant{numberAt(**locked, "last_micros")}};
        if (isFirstTry) {
            auto ensured = m_session.run("commands/ensure_balance", {{"user", user.text()}});
            if (!ensured)
                return ensured.error();
        }
    }
    return RefusalWithFacts{.refusal = Refusal::UserUnknown, .subject = user.text()};
}

Result<std::optional<PostedRow>> LockedSteps::find(const UserId& user, const TransactionKey& key)
{
    return findBy("commands/find_posted", user, key);
}

Result<std::optional<PostedRow>> LockedSteps::findActivatedFrom(const UserId& user,
                                                                const TransactionKey& key)
{
    return findBy("commands/find_activated", user, key);
}

Result<std::optional<PostedRow>> LockedSteps::findBy(const char* statement, const UserId& user,
                                                     const TransactionKey& key)
{
    auto found = m_session.run(statement, {{"user", user.text()}, {"key", key.text()}});
    if (!found)
        return found.error();
    Statement& row = **found;
    if (!row.next())
        return std::optional<PostedRow>();
    return std::optional(PostedRow{.key = keyAt(row, "key").value_or(TransactionKey()),
                                   .type = typeWithLabel(textAt(row, "type")),
                                   .requested = creditsAt(row, "requested"),
                                   .amount = creditsAt(row, "amount"),
                                   .runningBalance = optionalCreditsAt(row, "running_balance"),
                                   .at = Instant{numberAt(row, "at_micros")},
                                   .sequence = optionalNumberAt(row, "sequence"),
                                   .clamp = clampWithLabel(textAt(row, "clamp")),
                                   .refundOf = keyAt(row, "refund_of"),
                                   .reverses = keyAt(row, "reverses"),
                                   .active = row.flag("active")});
}

Result<LockedSteps::Refunds> LockedSteps::refundsOf(const UserId& user,
                                                    const TransactionKey& payment)
{
    auto sum =
        m_session.run("commands/sum_refunds", {{"user", user.text()}, {"payment", payment.text()}});
    if (!sum)
        return sum.error();
    const bool hasRow = (*sum)->next();
    Q_ASSERT(hasRow);
    return Refunds{.refunded = creditsAt(**sum, "refunded"), .count = numberAt(**sum, "refunds")};
}

Result<std::optional<Instant>> LockedSteps::insert(const NewRow& row)
{
    auto inserted = m_session.run("commands/insert_transaction",
                                  {{"key", row.key.text()},
                                   {"user", row.user.text()},
                                   {"amount", row.amount.value()},
                                   {"type", labelOf(row.type)},
                                   {"active", row.active},
                                   {"metadata", bound(row.metadata)},
                                   {"running_balance", row.runningBalance.value()},
                                   {"sequence", bound(row.sequence)},
                                   {"last_micros", row.last.micros}});
    if (!inserted)
        return inserted.error();
    if (!(*inserted)->next())
        return std::optional<Instant>();
    return std::optional(Instant{numberAt(**inserted, "at_micros")});
}

Outcome LockedSteps::store(const UserId& user, Credits balance, qint64 sequence, Instant at)
{
    auto updated = m_session.run("commands/update_balance", {{"user", user.text()},
                                                             {"balance", balance.value()},
                                                             {"sequence", sequence},
                                                             {"at_micros", at.micros}});
    if (!updated)
        return updated.error();
    return Done{};
}

QJsonObject withClamp(QJsonObject metadata, Credits requested, Clamp clamp)
{
    if (clamp != Clamp::None) {
        metadata.insert(QStringLiteral("requestedAmount"), requested.value());
        metadata.insert(QStringLiteral("clamp"), labelOf(clamp));
    }
    return metadata;
}

} // namespace tallystick::postgres
