// SPDX-License-Identifier: GPL-3.0-or-later
//! Reading.
#include "ledger/postgres/postgresledger.h"

#include "ledger/postgres/chains.h"
#include "ledger/postgres/rows.h"
#include "ledger/postgres/serverfacts.h"

#include <algorithm>

namespace tallystick::postgres {

namespace {

constexpr int largestPage = 10000;
constexpr qsizetype longestSearch = 1200; ///< nothing stored is longer
/// Bounds beyond every stored moment, so that a range is always a range to the planner.
constexpr qint64 latestMicros = 253402300799000000;   // 9999-12-31
constexpr qint64 earliestMicros = -62135596800000000; // 0001-01-01

RefusalWithFacts unknownUser(const UserId& id)
{
    return {.refusal = Refusal::UserUnknown, .subject = id.text()};
}

QString likePattern(QString text)
{
    for (const char special : {'\\', '%', '_'})
        text.replace(QLatin1Char(special), QLatin1Char('\\') + QString(QLatin1Char(special)));
    return QLatin1Char('%') + text + QLatin1Char('%');
}

/// One row more than the page was asked for: there is a next page exactly when it is there.
template <class Row, class Cursor, class Read>
Page<Row, Cursor> pageOf(Statement& rows, int limit, const Read& read)
{
    Page<Row, Cursor> page;
    while (rows.next()) {
        auto [row, cursor] = read(rows);
        if (page.rows.size() == limit) {
            rows.finish();
            return page;
        }
        page.rows.append(std::move(row));
        page.next = std::move(cursor);
    }
    page.next.reset();
    return page;
}

} // namespace

PostgresLedger::PostgresLedger(std::unique_ptr<Session> session, std::unique_ptr<PostingWay> way)
    : m_session(std::move(session))
    , m_way(std::move(way))
{
}

Result<ServerFacts> PostgresLedger::server()
{
    return serverFacts(*m_session);
}

Result<Page<User, UserCursor>> PostgresLedger::users(const UsersQuery& query)
{
    QString text = query.search.trimmed();
    text.removeIf([](QChar c) { return c.category() == QChar::Other_Control; });
    if (text.size() > longestSearch)
        return Page<User, UserCursor>();
    const int limit = std::clamp(query.limit, 1, largestPage);
    const UserCursor after = query.after.value_or(UserCursor());
    auto found =
        text.isEmpty()
            ? m_session->run("queries/users", {{"after", after.email}, {"limit", limit + 1}})
            : m_session->run("queries/users_search", {{"text", text},
                                                      {"pattern", likePattern(text)},
                                                      {"rank", after.rank},
                                                      {"after", after.email},
                                                      {"limit", limit + 1}});
    if (!found)
        return found.error();
    return pageOf<User, UserCursor>(**found, limit, [](const Statement& row) {
        User user = userOf(row);
        UserCursor cursor{.rank = int(numberAt(row, "rank")), .email = user.email};
        return std::pair(std::move(user), std::move(cursor));
    });
}

Result<UserSummary> PostgresLedger::user(const UserId& id)
{
    auto found = m_session->run("queries/user", {{"user", id.text()}});
    if (!found)
        return found.error();
    const Statement& row = **found;
    if (!(*found)->next())
        return unknownUser(id);
    const auto first = optionalNumberAt(row, "first_micros");
    return UserSummary{.user = userOf(row),
                       .postings = numberAt(row, "postings"),
                       .pendingCount = numberAt(row, "pending_count"),
                       .pendingTotal = creditsAt(row, "pending_total"),
                       .toppedUp = creditsAt(row, "topped_up"),
                       .spent = creditsAt(row, "spent"),
                       .clampedCount = numberAt(row, "clamped"),
                       .firstActivity = first ? std::optional(Instant{*first}) : std::nullopt};
}

Result<Page<Transaction, HistoryCursor>> PostgresLedger::history(const HistoryQuery& query)
{
    QStringList labels;
    for (const TransactionType type : query.types)
        labels.append(labelOf(type));
    const int limit = std::clamp(query.limit, 1, largestPage);
    const HistoryCursor before =
        query.before.value_or(HistoryCursor{.createdAt = Instant{latestMicros}, .key = {}});
    auto found = m_session->run(
        "queries/history",
        {{"user", query.user.text()},
         {"before_micros", before.createdAt.micros},
         {"before_key", before.key.text()},
         {"from_micros", query.from.value_or(Instant{earliestMicros}).micros},
         {"until_micros", query.until.value_or(Instant{latestMicros}).micros},
         {"types", labels.join(QLatin1Char(','))},
         {"active", query.active ? QVariant(*query.active) : QVariant(QMetaType(QMetaType::Bool))},
         {"limit", limit + 1}});
    if (!found)
        return found.error();
    return pageOf<Transaction, HistoryCursor>(**found, limit, [&query](const Statement& row) {
        Transaction transaction = transactionOf(row, query.user);
        HistoryCursor cursor{.createdAt = transaction.createdAt, .key = transaction.key};
        return std::pair(std::move(transaction), std::move(cursor));
    });
}

Result<Transaction> PostgresLedger::transaction(const UserId& user, const TransactionKey& key)
{
    auto found =
        m_session->run("queries/transaction", {{"user", user.text()}, {"key", key.text()}});
    if (!found)
        return found.error();
    if (!(*found)->next())
        return RefusalWithFacts{.refusal = Refusal::TransactionUnknown, .subject = key.text()};
    return transactionOf(**found, user);
}

Result<Balance> PostgresLedger::balance(const UserId& id)
{
    if (auto own = m_way->readBalance(id))
        return *std::move(own);
    auto found = m_session->run("queries/balance", {{"user", id.text()}});
    if (!found)
        return found.error();
    const Statement& row = **found;
    if (!(*found)->next())
        return unknownUser(id);
    if (const auto stored = optionalCreditsAt(row, "stored"))
        return Balance{.credits = *stored,
                       .source = Balance::Source::BalanceRow,
                       .sequence = optionalNumberAt(row, "sequence")};
    for (const char* const column : {"running", "total"})
        if (const auto credits = optionalCreditsAt(row, column))
            return Balance{.credits = *credits, .source = Balance::Source::History};
    return Balance{};
}

Result<Balance> PostgresLedger::balanceAt(const UserId& id, Instant at)
{
    auto found =
        m_session->run("queries/balance_at", {{"user", id.text()}, {"at_micros", at.micros}});
    if (!found)
        return found.error();
    if (!(*found)->next())
        return unknownUser(id);
    const auto running = optionalCreditsAt(**found, "running");
    if (!running)
        return Balance{};
    return Balance{.credits = *running,
                   .source = Balance::Source::History,
                   .sequence = optionalNumberAt(**found, "sequence")};
}

Result<QList<BalancePoint>> PostgresLedger::balanceCurve(const UserId& id, int points)
{
    auto found =
        m_session->run("queries/balance_curve",
                       {{"user", id.text()}, {"points", std::clamp(points, 2, largestPage)}});
    if (!found)
        return found.error();
    QList<BalancePoint> curve;
    while ((*found)->next())
        curve.append({.at = Instant{numberAt(**found, "at_micros")},
                      .balance = creditsAt(**found, "balance")});
    return curve;
}

Result<Chain> PostgresLedger::chain(const UserId& id)
{
    std::optional<Chain> only;
    const auto keep = [&only](Chain&& chain) {
        only = std::move(chain);
        return true;
    };
    if (Outcome read = streamChains(*m_session, "audit/chain", {{"user", id.text()}}, keep); !read)
        return read.error();
    if (!only)
        return unknownUser(id);
    return *std::move(only);
}

Outcome PostgresLedger::chains(const std::function<bool(Chain&&)>& sink)
{
    return streamChains(*m_session, "audit/chains", {}, sink);
}

} // namespace tallystick::postgres
