// SPDX-License-Identifier: GPL-3.0-or-later
//! One session over the accounts in memory: troubles, delays, reads.
#include "tests/support/fakeledger.h"

#include <algorithm>
#include <chrono>

namespace tallystick {

namespace {

Balance balanceOf(const FakeAccount& account)
{
    if (account.hasBalanceRow)
        return {.credits = account.balance,
                .source = Balance::Source::BalanceRow,
                .sequence = account.sequence};
    Balance balance;
    for (const Transaction& row : account.rows) {
        if (!row.active)
            continue;
        balance.credits = row.runningBalance.value_or(*balance.credits.plus(row.amount));
        balance.source = Balance::Source::History;
    }
    return balance;
}

std::optional<Instant> newest(const FakeAccount& account)
{
    std::optional<Instant> at;
    for (const Transaction& row : account.rows)
        at = at ? std::max(*at, row.createdAt) : row.createdAt;
    return at;
}

User userOf(const UserId& id, const FakeAccount& account)
{
    return {.id = id,
            .email = account.email,
            .name = account.name,
            .createdAt = account.createdAt,
            .balance = balanceOf(account).credits,
            .hasBalanceRow = account.hasBalanceRow,
            .lastActivity = newest(account)};
}

Chain chainOf(const UserId& id, const FakeAccount& account)
{
    Chain chain{.user = id, .name = account.name};
    if (account.hasBalanceRow) {
        chain.storedBalance = account.balance;
        chain.storedSequence = account.sequence;
    }
    const auto keyIn = [](const QJsonObject& metadata, const char* name) {
        return TransactionKey::from(metadata.value(QLatin1String(name)).toString());
    };
    for (const Transaction& row : account.rows)
        chain.rows.append({.key = row.key,
                           .createdAt = row.createdAt,
                           .amount = row.amount,
                           .type = row.type,
                           .active = row.active,
                           .runningBalance = row.runningBalance,
                           .sequence = row.sequence,
                           .requested = row.requested,
                           .clamp = row.metadata.value(QLatin1String("clamp")).toString(),
                           .refundOf = keyIn(row.metadata, "refundOf"),
                           .reverses = keyIn(row.metadata, "reverses")});
    // Rows without a sequence last, as the database sorts them.
    std::stable_sort(chain.rows.begin(), chain.rows.end(), [](const auto& a, const auto& b) {
        const qint64 none = std::numeric_limits<qint64>::max();
        return std::pair(a.sequence.value_or(none), a.createdAt) <
               std::pair(b.sequence.value_or(none), b.createdAt);
    });
    return chain;
}

bool matches(const Transaction& row, const HistoryQuery& query)
{
    return (query.types.isEmpty() || query.types.contains(row.type)) &&
           (!query.from || row.createdAt >= *query.from) &&
           (!query.until || row.createdAt < *query.until) &&
           (!query.active || row.active == *query.active);
}

/// The page of \a rows (sorted) after those for which \a isBefore holds.
template <class Row, class Cursor, class CursorOf>
Page<Row, Cursor> pageOf(const QList<Row>& rows, int limit, CursorOf cursorOf)
{
    Page<Row, Cursor> page{.rows = rows.first(std::min(qsizetype(limit), rows.size()))};
    if (rows.size() > limit && limit > 0)
        page.next = cursorOf(page.rows.last());
    return page;
}

RefusalWithFacts unknown(const UserId& id)
{
    return {.refusal = Refusal::UserUnknown, .subject = id.text()};
}

} // namespace

FakeLedger::FakeLedger(FakeStore& store)
    : m_store(store)
{
    ++m_store.m_sessionsOpened;
    ++m_store.m_sessionsOpen;
}

FakeLedger::~FakeLedger()
{
    Q_ASSERT(std::this_thread::get_id() == m_thread);
    --m_store.m_sessionsOpen;
}

template <class T>
Result<T> FakeLedger::call(const std::function<Result<T>()>& work)
{
    Q_ASSERT(std::this_thread::get_id() == m_thread);
    ++m_store.m_calls;
    if (const int millis = m_store.m_delayMillis; millis > 0)
        std::this_thread::sleep_for(std::chrono::milliseconds(millis));
    std::this_thread::sleep_until(m_store.m_frozenUntil.load());
    if (m_isLost)
        return Failure{.kind = Failure::Kind::SessionLost,
                       .statement = QStringLiteral("fake"),
                       .text = QStringLiteral("this session was lost before")};
    const auto trouble = m_store.takeTrouble();
    if (!trouble)
        return work();
    if (trouble->appliesFirst) {
        const auto unheard = work();
        Q_UNUSED(unheard)
    }
    m_isLost = trouble->failure.needsNewSession();
    return trouble->failure;
}

template <class T>
Result<T> FakeLedger::write(const std::function<Result<T>()>& work)
{
    return call<T>([&]() -> Result<T> {
        if (m_store.m_isReadOnly)
            return Failure{.kind = Failure::Kind::ReadOnly,
                           .sqlState = QStringLiteral("25006"),
                           .statement = QStringLiteral("fake"),
                           .text = QStringLiteral("read-only")};
        return work();
    });
}

std::optional<FakeAccount> FakeLedger::find(const UserId& id) const
{
    const std::lock_guard guard(m_store.m_mutex);
    const auto place = m_store.m_accounts.constFind(id);
    return place == m_store.m_accounts.constEnd() ? std::nullopt : std::optional(*place);
}

Result<ServerFacts> FakeLedger::server()
{
    return call<ServerFacts>([&] {
        return ServerFacts{.version = QStringLiteral("15.0"),
                           .database = QStringLiteral("fake"),
                           .role = QStringLiteral("tester"),
                           .place = QStringLiteral("memory"),
                           .timeZone = QStringLiteral("UTC"),
                           .synchronousCommit = QStringLiteral("on"),
                           .isLab = true,
                           .mayWrite = !m_store.m_isReadOnly,
                           .maxConnections = 100};
    });
}

Result<Page<User, UserCursor>> FakeLedger::users(const UsersQuery& query)
{
    using Answer = Page<User, UserCursor>;
    return call<Answer>([&] {
        const std::lock_guard guard(m_store.m_mutex);
        QList<std::pair<int, User>> found; // rank: 0 exact, 1 others
        for (auto a = m_store.m_accounts.cbegin(); a != m_store.m_accounts.cend(); ++a) {
            const bool hasKey =
                std::any_of(a->rows.begin(), a->rows.end(),
                            [&](const Transaction& row) { return row.key.text() == query.search; });
            const bool isExact = !query.search.isEmpty() && (a.key().text() == query.search ||
                                                             a->email == query.search || hasKey);
            if (isExact || a->email.contains(query.search, Qt::CaseInsensitive) ||
                a->name.contains(query.search, Qt::CaseInsensitive))
                found.append({isExact ? 0 : 1, userOf(a.key(), *a)});
        }
        const auto placeOf = [](const std::pair<int, User>& hit) {
            return std::pair(hit.first, hit.second.email);
        };
        std::sort(found.begin(), found.end(),
                  [&](const auto& a, const auto& b) { return placeOf(a) < placeOf(b); });
        QList<User> rows;
        QMap<UserId, int> ranks;
        for (const auto& hit : std::as_const(found)) {
            if (query.after && placeOf(hit) <= std::pair(query.after->rank, query.after->email))
                continue;
            rows.append(hit.second);
            ranks.insert(hit.second.id, hit.first);
        }
        return pageOf<User, UserCursor>(rows, query.limit, [&](const User& user) {
            return UserCursor{.rank = ranks.value(user.id), .email = user.email};
        });
    });
}

Result<UserSummary> FakeLedger::user(const UserId& id)
{
    return call<UserSummary>([&]() -> Result<UserSummary> {
        const auto account = find(id);
        if (!account)
            return unknown(id);
        UserSummary summary{.user = userOf(id, *account)};
        const auto add = [](Credits& sum, Credits amount) { sum = *sum.plus(amount); };
        for (const Transaction& row : account->rows) {
            summary.firstActivity = summary.firstActivity
                                        ? std::min(*summary.firstActivity, row.createdAt)
                                        : row.createdAt;
            if (!row.active) {
                ++summary.pendingCount;
                add(summary.pendingTotal, row.amount);
                continue;
            }
            ++summary.postings;
            if (row.requested)
                ++summary.clampedCount;
            if (row.type == TransactionType::TopUp)
                add(summary.toppedUp, row.amount);
            if (row.type == TransactionType::Usage)
                add(summary.spent, row.amount);
        }
        return summary;
    });
}

Result<Page<Transaction, HistoryCursor>> FakeLedger::history(const HistoryQuery& query)
{
    using Answer = Page<Transaction, HistoryCursor>;
    return call<Answer>([&] {
        QList<Transaction> rows = find(query.user).value_or(FakeAccount()).rows;
        const auto placeOf = [](const Transaction& row) {
            return std::pair(row.createdAt, row.key.text());
        };
        rows.removeIf([&](const Transaction& row) {
            return !matches(row, query) ||
                   (query.before &&
                    placeOf(row) >= std::pair(query.before->createdAt, query.before->key.text()));
        });
        std::sort(rows.begin(), rows.end(),
                  [&](const auto& a, const auto& b) { return placeOf(a) > placeOf(b); });
        return pageOf<Transaction, HistoryCursor>(rows, query.limit, [](const Transaction& row) {
            return HistoryCursor{.createdAt = row.createdAt, .key = row.key};
        });
    });
}

Result<Transaction> FakeLedger::transaction(const UserId& user, const TransactionKey& key)
{
    return call<Transaction>([&]() -> Result<Transaction> {
        const QList<Transaction> rows = find(user).value_or(FakeAccount()).rows;
        for (const Transaction& row : rows)
            if (row.key == key)
                return row;
        return RefusalWithFacts{.refusal = Refusal::TransactionUnknown, .subject = key.text()};
    });
}

Result<Balance> FakeLedger::balance(const UserId& id)
{
    return call<Balance>([&]() -> Result<Balance> {
        const auto account = find(id);
        return account ? Result<Balance>(balanceOf(*account)) : unknown(id);
    });
}

Result<Balance> FakeLedger::balanceAt(const UserId& id, Instant at)
{
    return call<Balance>([&]() -> Result<Balance> {
        const auto account = find(id);
        if (!account)
            return unknown(id);
        Balance balance;
        for (const Transaction& row : account->rows)
            if (row.active && row.createdAt <= at)
                balance = {.credits = row.runningBalance.value_or(Credits()),
                           .source = Balance::Source::History,
                           .sequence = row.sequence};
        return balance;
    });
}

Result<QList<BalancePoint>> FakeLedger::balanceCurve(const UserId& id, int points)
{
    return call<QList<BalancePoint>>([&] {
        QList<BalancePoint> all;
        const QList<Transaction> rows = find(id).value_or(FakeAccount()).rows;
        for (const Transaction& row : rows)
            if (row.active && row.runningBalance)
                all.append({.at = row.createdAt, .balance = *row.runningBalance});
        if (all.size() <= points || points < 2)
            return all;
        QList<BalancePoint> thinned;
        for (int i = 0; i < points; ++i)
            thinned.append(all.at((all.size() - 1) * i / (points - 1)));
        return thinned;
    });
}

Result<Chain> FakeLedger::chain(const UserId& id)
{
    return call<Chain>([&]() -> Result<Chain> {
        const auto account = find(id);
        return account ? Result<Chain>(chainOf(id, *account)) : unknown(id);
    });
}

Outcome FakeLedger::chains(const std::function<bool(Chain&&)>& sink)
{
    return call<Done>([&] {
        QMap<UserId, FakeAccount> snapshot;
        {
            const std::lock_guard guard(m_store.m_mutex);
            snapshot = m_store.m_accounts;
        }
        for (auto a = snapshot.cbegin(); a != snapshot.cend(); ++a)
            if ((a->hasBalanceRow || !a->rows.isEmpty()) && !sink(chainOf(a.key(), *a)))
                break;
        return Done{};
    });
}

Result<Receipt> FakeLedger::post(const Posting& posting)
{
    return write<Receipt>([&] { return m_store.post(posting, true); });
}

Result<Receipt> FakeLedger::reverse(const Reversal& reversal)
{
    return write<Receipt>([&] { return m_store.reverse(reversal); });
}

Result<Receipt> FakeLedger::activate(const Activation& activation)
{
    return write<Receipt>([&] { return m_store.activate(activation); });
}

Result<Receipt> FakeLedger::preview(const Posting& posting)
{
    return write<Receipt>([&] { return m_store.post(posting, false); });
}

Outcome FakeLedger::createUser(const NewUser& user)
{
    return write<Done>([&] { return m_store.createUser(user); });
}

Outcome FakeLedger::removeUser(const UserId& id)
{
    return write<Done>([&] { return m_store.removeUser(id); });
}

} // namespace tallystick
