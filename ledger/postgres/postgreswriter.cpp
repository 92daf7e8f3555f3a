// SPDX-License-Identifier: GPL-3.0-or-later
//! The writing side of the ledger: validate, post, answer.
#include "ledger/postgres/postgresledger.h"

#include "ledger/postgres/rows.h"
#include "ledger/postgres/sqltext.h"
#include "ledger/postgres/unitofwork.h"

namespace tallystick::postgres {

namespace {

/// A user removed between the lock and the insert shows as a broken foreign key.
Result<Receipt> withUserUnknown(Result<Receipt> answer, const UserId& user)
{
    const Failure* const failure = answer.failure();
    if (failure && failure->sqlState == QLatin1String("23503"))
        return RefusalWithFacts{.refusal = Refusal::UserUnknown, .subject = user.text()};
    return answer;
}

} // namespace

Result<Receipt> PostgresLedger::post(const Posting& posting)
{
    return postOr(posting, PostingWay::Finish::Commit);
}

Result<Receipt> PostgresLedger::preview(const Posting& posting)
{
    return postOr(posting, PostingWay::Finish::RollBack);
}

Result<Receipt> PostgresLedger::postOr(const Posting& posting, PostingWay::Finish finish)
{
    auto checked = validated(posting);
    if (const auto* refusal = std::get_if<RefusalWithFacts>(&checked))
        return *refusal;
    Posting& sound = std::get<Posting>(checked);
    if (sound.amount.isZero() && sound.type != TransactionType::CardCheck) {
        // Zero writes nothing, not even a balance row: it answers the balance.
        auto now = balance(sound.user);
        if (!now)
            return now.error();
        return Receipt{.key = sound.key, .balance = now->credits, .at = Instant::now()};
    }
    if (sound.refundOf)
        sound.metadata.insert(QStringLiteral("refundOf"), sound.refundOf->text());
    Result<Receipt> answer = withUserUnknown(m_way->post(sound, finish), sound.user);
    const RefusalWithFacts* const refusal = answer.refusal();
    if (!refusal)
        return answer;
    RefusalWithFacts named = *refusal;
    named.subject = subjectOf(named.refusal, sound);
    return named;
}

Result<Receipt> PostgresLedger::reverse(const Reversal& reversal)
{
    auto checked = validated(reversal);
    if (const auto* refusal = std::get_if<RefusalWithFacts>(&checked))
        return *refusal;
    return withUserUnknown(m_way->reverse(std::get<Reversal>(checked), PostingWay::Finish::Commit),
                           reversal.user);
}

Result<Receipt> PostgresLedger::activate(const Activation& activation)
{
    auto checked = validated(activation);
    if (const auto* refusal = std::get_if<RefusalWithFacts>(&checked))
        return *refusal;
    return withUserUnknown(
        m_way->activate(std::get<Activation>(checked), PostingWay::Finish::Commit),
        activation.user);
}

Outcome PostgresLedger::createUser(const NewUser& user)
{
    if (user.id.isEmpty())
        return RefusalWithFacts{.refusal = Refusal::IdInvalid};
    auto work = UnitOfWork::begin(*m_session);
    if (!work)
        return work.error();
    const QString email =
        user.email.isEmpty() ? user.id.text() + QStringLiteral("@lab.invalid") : user.email;
    if (!isIdText(email, UserTag::maxCharacters + 20) ||
        (!user.name.isEmpty() && !isIdText(user.name, UserTag::maxCharacters)))
        return RefusalWithFacts{.refusal = Refusal::IdInvalid, .subject = email};
    auto created = m_session->run(
        "commands/create_user",
        {{"user", user.id.text()},
         {"email", email},
         {"name", user.name.isEmpty() ? QVariant(QMetaType(QMetaType::QString)) : user.name}});
    if (!created)
        return created.error();
    if (!(*created)->next())
        return RefusalWithFacts{.refusal = Refusal::UserExists, .subject = user.id.text()};
    (*created)->finish();
    if (user.withBalanceRow) {
        auto ensured = m_session->run("commands/ensure_balance", {{"user", user.id.text()}});
        if (!ensured)
            return ensured.error();
    }
    return (*work)->commit();
}

Outcome PostgresLedger::removeUser(const UserId& id)
{
    auto removed = m_session->run("commands/remove_users", {{"users", arrayLiteral({id.text()})}},
                                  Sent::Commit);
    if (!removed)
        return removed.error();
    const bool isRemoved = (*removed)->next() && numberAt(**removed, "removed") == 1;
    (*removed)->finish();
    if (!isRemoved)
        return RefusalWithFacts{.refusal = Refusal::UserUnknown, .subject = id.text()};
    return Done{};
}

} // namespace tallystick::postgres
