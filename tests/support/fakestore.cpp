// SPDX-License-Identifier: GPL-3.0-or-later
//! The rules of the ledger over accounts in memory, one at a time.
#include "ledger/core/decide.h"
#include "tests/support/fakeledger.h"

#include <QtCore/QJsonDocument>

#include <algorithm>
#include <chrono>

namespace tallystick {

namespace {

const QString requestedKey = QStringLiteral("requestedAmount");
const QString clampKey = QStringLiteral("clamp");
const QString refundOfKey = QStringLiteral("refundOf");
const QString reversesKey = QStringLiteral("reverses");
const QString activatedFromKey = QStringLiteral("activatedFrom");

Instant nowMicros()
{
    using namespace std::chrono;
    return {duration_cast<microseconds>(system_clock::now().time_since_epoch()).count()};
}

Transaction* rowOf(FakeAccount& account, const TransactionKey& key)
{
    const auto row = std::find_if(account.rows.begin(), account.rows.end(),
                                  [&](const Transaction& t) { return t.key == key; });
    return row == account.rows.end() ? nullptr : &*row;
}

Transaction* rowActivatedFrom(FakeAccount& account, const TransactionKey& key)
{
    const auto row =
        std::find_if(account.rows.begin(), account.rows.end(), [&](const Transaction& t) {
            return t.metadata.value(activatedFromKey).toString() == key.text();
        });
    return row == account.rows.end() ? nullptr : &*row;
}

void ensureBalance(FakeAccount& account)
{
    if (account.hasBalanceRow)
        return;
    account.hasBalanceRow = true;
    account.balance = {};
    account.sequence = 0;
    for (const Transaction& row : std::as_const(account.rows)) {
        if (!row.active)
            continue;
        account.balance = row.runningBalance.value_or(*account.balance.plus(row.amount));
        account.sequence = std::max(account.sequence + 1, row.sequence.value_or(0));
    }
}

Instant nextMoment(const FakeAccount& account)
{
    return std::max(nowMicros(), Instant{account.last.micros + 1});
}

void recordClamp(Transaction& row, Credits requested, Clamp clamp)
{
    row.metadata.remove(requestedKey);
    row.metadata.remove(clampKey);
    row.requested.reset();
    if (clamp != Clamp::None) {
        row.metadata.insert(requestedKey, requested.value());
        row.metadata.insert(clampKey, labelOf(clamp));
        row.requested = requested;
    }
    row.metadataText = QJsonDocument(row.metadata).toJson(QJsonDocument::Compact);
}

Clamp clampOf(const Transaction& row)
{
    const QString label = row.metadata.value(clampKey).toString();
    return label == labelOf(Clamp::Ceiling) ? Clamp::Ceiling
           : label == labelOf(Clamp::Range) ? Clamp::Range
                                            : Clamp::None;
}

RefusalWithFacts refusal(Refusal kind, const QString& subject, Credits balance,
                         Credits requested = {})
{
    return {.refusal = kind, .subject = subject, .balance = balance, .requested = requested};
}

Result<Receipt> answerExisting(const Transaction& row, const Posting& posting, Credits balance)
{
    if (posting.onSameKey == Posting::OnSameKey::AlreadyClaimed)
        return refusal(Refusal::AlreadyClaimed, posting.key.text(), balance, posting.amount);
    const QString refundOf = posting.refundOf ? posting.refundOf->text() : QString();
    if (row.type != posting.type || row.requested.value_or(row.amount) != posting.amount ||
        row.metadata.value(refundOfKey).toString() != refundOf || (posting.active && !row.active))
        return refusal(Refusal::KeyReused, posting.key.text(), balance, posting.amount);
    return Receipt{.key = row.key,
                   .requested = posting.amount,
                   .applied = row.amount,
                   .balance = row.runningBalance.value_or(balance),
                   .at = row.createdAt,
                   .sequence = row.sequence,
                   .replayed = true,
                   .clamp = clampOf(row)};
}

std::optional<RefusalWithFacts> checkRefund(FakeAccount& account, const Posting& posting)
{
    const TransactionKey& key = *posting.refundOf;
    const Transaction* const payment = rowOf(account, key);
    if (!payment)
        return refusal(Refusal::TransactionUnknown, key.text(), account.balance, posting.amount);
    if (!payment->active || payment->type != TransactionType::TopUp || payment->amount <= Credits())
        return refusal(Refusal::NotARefundablePayment, key.text(), account.balance, posting.amount);
    Credits remaining = payment->amount;
    for (const Transaction& row : std::as_const(account.rows))
        if (row.active && row.metadata.value(refundOfKey).toString() == key.text())
            remaining = *remaining.plus(row.amount);
    if (rowOf(account, reversalKey(key)))
        remaining = {};
    if (posting.amount >= *remaining.negated())
        return std::nullopt;
    auto tooMuch =
        refusal(Refusal::RefundExceedsPayment, key.text(), account.balance, posting.amount);
    tooMuch.ceiling = remaining;
    return tooMuch;
}

/// Writes a decided row into \a account and answers its receipt.
Receipt record(FakeAccount& account, Transaction row, const Movement& movement, Credits requested)
{
    row.createdAt = nextMoment(account);
    row.amount = movement.applied;
    row.runningBalance = movement.balance;
    row.typeLabel = labelOf(row.type);
    if (row.active)
        row.sequence = ++account.sequence;
    recordClamp(row, requested, movement.clamp);
    account.balance = movement.balance;
    account.last = row.createdAt;
    account.rows.append(row);
    return {.key = row.key,
            .requested = requested,
            .applied = movement.applied,
            .balance = movement.balance,
            .at = row.createdAt,
            .sequence = row.sequence,
            .clamp = movement.clamp};
}

Result<Receipt> postTo(FakeAccount& account, const Posting& posting)
{
    if (posting.amount.isZero() && posting.type != TransactionType::CardCheck)
        return Receipt{.key = posting.key, .balance = account.balance, .at = nowMicros()};
    const Transaction* existing = rowOf(account, posting.key);
    if (!existing && !posting.active)
        existing = rowActivatedFrom(account, posting.key);
    if (existing)
        return answerExisting(*existing, posting, account.balance);
    if (posting.refundOf && posting.active)
        if (const auto refused = checkRefund(account, posting))
            return *refused;
    const auto decided = decide(account.balance, posting);
    if (const auto* refused = std::get_if<RefusalWithFacts>(&decided))
        return *refused;
    Transaction row{.key = posting.key,
                    .user = posting.user,
                    .type = posting.type,
                    .active = posting.active,
                    .metadata = posting.metadata};
    if (posting.refundOf)
        row.metadata.insert(refundOfKey, posting.refundOf->text());
    return record(account, std::move(row), std::get<Movement>(decided), posting.amount);
}

bool hasRefunds(const FakeAccount& account, const TransactionKey& payment)
{
    return std::any_of(account.rows.begin(), account.rows.end(), [&](const Transaction& row) {
        return row.active && row.metadata.value(refundOfKey).toString() == payment.text();
    });
}

} // namespace

Result<Receipt> FakeStore::post(const Posting& posting, bool keeps)
{
    const auto checked = validated(posting);
    if (const auto* refused = std::get_if<RefusalWithFacts>(&checked))
        return *refused;
    const std::lock_guard guard(m_mutex);
    if (!m_accounts.contains(posting.user))
        return refusal(Refusal::UserUnknown, posting.user.text(), {}, posting.amount);
    FakeAccount account = m_accounts.value(posting.user);
    const bool writes = !posting.amount.isZero() || posting.type == TransactionType::CardCheck;
    ensureBalance(account);
    auto answer = postTo(account, std::get<Posting>(checked));
    if (keeps && writes)
        m_accounts.insert(posting.user, account);
    return answer;
}

Result<Receipt> FakeStore::reverse(const Reversal& reversal)
{
    const auto checked = validated(reversal);
    if (const auto* refused = std::get_if<RefusalWithFacts>(&checked))
        return *refused;
    const std::lock_guard guard(m_mutex);
    const auto place = m_accounts.find(reversal.user);
    if (place == m_accounts.end())
        return refusal(Refusal::UserUnknown, reversal.user.text(), {});
    FakeAccount& account = *place;
    ensureBalance(account);
    const auto no = [&](Refusal kind) {
        return refusal(kind, reversal.key.text(), account.balance);
    };
    const Transaction* const original = rowOf(account, reversal.key);
    if (!original)
        return no(Refusal::TransactionUnknown);
    if (rowOf(account, reversalKey(reversal.key)))
        return no(Refusal::AlreadyReversed);
    if (!original->active || original->amount.isZero() ||
        original->metadata.contains(reversesKey) ||
        (original->type == TransactionType::TopUp && hasRefunds(account, reversal.key)))
        return no(Refusal::NotReversible);
    const Credits requested = *original->amount.negated();
    const auto decided =
        decide(account.balance, {.user = reversal.user, .amount = requested, .mayOverdraw = true});
    Transaction row{.key = reversalKey(reversal.key),
                    .user = reversal.user,
                    .type = original->type,
                    .metadata = std::get<Reversal>(checked).metadata};
    row.metadata.insert(reversesKey, reversal.key.text());
    if (original->metadata.contains(refundOfKey))
        row.metadata.insert(refundOfKey, original->metadata.value(refundOfKey));
    return record(account, std::move(row), std::get<Movement>(decided), requested);
}

Result<Receipt> FakeStore::activate(const Activation& activation)
{
    const auto checked = validated(activation);
    if (const auto* refused = std::get_if<RefusalWithFacts>(&checked))
        return *refused;
    const std::lock_guard guard(m_mutex);
    const auto place = m_accounts.find(activation.user);
    if (place == m_accounts.end())
        return refusal(Refusal::UserUnknown, activation.user.text(), {});
    FakeAccount& account = *place;
    ensureBalance(account);
    const auto no = [&](Refusal kind) {
        return refusal(kind, activation.key.text(), account.balance);
    };
    const Transaction* const pending = rowOf(account, activation.key);
    if ((pending && pending->active) || (!pending && rowActivatedFrom(account, activation.key)))
        return no(Refusal::AlreadyActive);
    if (!pending)
        return no(Refusal::TransactionUnknown);
    const TransactionKey key = activation.newKey.value_or(activation.key);
    if (key != activation.key && rowOf(account, key))
        return no(Refusal::KeyReused);
    const Credits requested = pending->requested.value_or(pending->amount);
    const auto decided = decide(account.balance, {.user = activation.user, .amount = requested});
    if (const auto* refused = std::get_if<RefusalWithFacts>(&decided))
        return *refused;
    Transaction row = *pending;
    const QJsonObject added = std::get<Activation>(checked).metadata;
    for (auto member = added.begin(); member != added.end(); ++member)
        row.metadata.insert(member.key(), member.value());
    row.metadata.insert(activatedFromKey, activation.key.text());
    row.key = key;
    row.active = true;
    account.rows.removeIf([&](const Transaction& t) { return t.key == activation.key; });
    return record(account, std::move(row), std::get<Movement>(decided), requested);
}

Outcome FakeStore::createUser(const NewUser& user)
{
    const std::lock_guard guard(m_mutex);
    const QString email =
        user.email.isEmpty() ? user.id.text() + QStringLiteral("@lab.invalid") : user.email;
    const bool isTaken = std::any_of(m_accounts.begin(), m_accounts.end(),
                                     [&](const FakeAccount& a) { return a.email == email; });
    if (user.id.isEmpty())
        return refusal(Refusal::IdInvalid, {}, {});
    if (isTaken || m_accounts.contains(user.id))
        return refusal(Refusal::UserExists, user.id.text(), {});
    const Instant now = nowMicros();
    m_accounts.insert(user.id, {.email = email,
                                .name = user.name,
                                .createdAt = now,
                                .hasBalanceRow = user.withBalanceRow,
                                .last = now});
    return Done{};
}

Outcome FakeStore::removeUser(const UserId& id)
{
    const std::lock_guard guard(m_mutex);
    if (m_accounts.remove(id) == 0)
        return refusal(Refusal::UserUnknown, id.text(), {});
    return Done{};
}

void FakeStore::failNext(const FakeTrouble& trouble, int times)
{
    const std::lock_guard guard(m_mutex);
    for (int i = 0; i < times; ++i)
        m_troubles.push_back(trouble);
}

void FakeStore::failOpening(std::optional<Failure> failure)
{
    const std::lock_guard guard(m_mutex);
    m_openingFailure = std::move(failure);
}

std::optional<FakeTrouble> FakeStore::takeTrouble()
{
    const std::lock_guard guard(m_mutex);
    if (m_troubles.empty())
        return std::nullopt;
    FakeTrouble trouble = m_troubles.front();
    m_troubles.pop_front();
    return trouble;
}

LedgerOpener FakeStore::opener()
{
    return [this]() -> Result<std::unique_ptr<Ledger>> {
        {
            const std::lock_guard guard(m_mutex);
            if (m_openingFailure)
                return *m_openingFailure;
        }
        return std::unique_ptr<Ledger>(std::make_unique<FakeLedger>(*this));
    };
}

void FakeStore::addUser(const UserId& id, const QString& email, const QString& name,
                        Credits opening)
{
    const Outcome created = createUser({.id = id, .email = email, .name = name});
    Q_ASSERT(created.ok());
    if (opening.isZero())
        return;
    const auto key = TransactionKey::from(QStringLiteral("OPENING-") + id.text());
    const auto posted = post(topUp(id, opening, *key), true);
    Q_ASSERT(posted.ok());
}

FakeAccount FakeStore::account(const UserId& id) const
{
    const std::lock_guard guard(m_mutex);
    return m_accounts.value(id);
}

void FakeStore::setAccount(const UserId& id, const FakeAccount& account)
{
    const std::lock_guard guard(m_mutex);
    m_accounts.insert(id, account);
}

} // namespace tallystick
