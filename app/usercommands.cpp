// SPDX-License-Identifier: GPL-3.0-or-later
//! The verbs that look: customers, histories, balances.
#include "app/answers.h"
#include "app/commands.h"
#include "ui/shared/format.h"

#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>

namespace tallystick {

namespace {

QString isoTime(Instant at)
{
    return QStringLiteral("%1.%2Z")
        .arg(at.utc().toString(QStringLiteral("yyyy-MM-ddTHH:mm:ss")))
        .arg(((at.micros % 1'000'000) + 1'000'000) % 1'000'000, 6, 10, QLatin1Char('0'));
}

QString number(Credits credits)
{
    return QString::number(credits.value());
}

template <class Value, class Write>
void insertWhen(QJsonObject& json, const char* name, const std::optional<Value>& value,
                const Write& write)
{
    json.insert(QString::fromLatin1(name), value ? QJsonValue(write(*value)) : QJsonValue());
}

QJsonObject toJson(const User& user)
{
    QJsonObject json{{QStringLiteral("id"), user.id.text()},
                     {QStringLiteral("email"), user.email},
                     {QStringLiteral("name"), user.name},
                     {QStringLiteral("createdAt"), isoTime(user.createdAt)},
                     {QStringLiteral("balance"), user.balance.value()},
                     {QStringLiteral("hasBalanceRow"), user.hasBalanceRow}};
    insertWhen(json, "lastActivity", user.lastActivity, isoTime);
    return json;
}

QJsonObject toJson(const Transaction& row)
{
    QJsonObject json{{QStringLiteral("key"), row.key.text()},
                     {QStringLiteral("createdAt"), isoTime(row.createdAt)},
                     {QStringLiteral("amount"), row.amount.value()},
                     {QStringLiteral("type"), row.typeLabel},
                     {QStringLiteral("active"), row.active},
                     {QStringLiteral("metadata"), row.metadata}};
    const auto value = [](Credits credits) { return credits.value(); };
    insertWhen(json, "runningBalance", row.runningBalance, value);
    insertWhen(json, "sequence", row.sequence, [](qint64 sequence) { return sequence; });
    insertWhen(json, "requested", row.requested, value);
    return json;
}

AnswerContext reading(bool json)
{
    return {.doing = words::Doing::Reading, .json = json, .facts = {}};
}

/// Opens a reader, asks, and hands the answer to \a show; errors are said.
template <class Ask, class Show>
ExitCode read(const Place& place, Console& console, bool json, const Ask& ask, const Show& show)
{
    const auto ledger = place.openReader();
    if (!ledger)
        return answerError(console, ledger.error(), reading(json));
    const auto answer = ask(**ledger);
    if (!answer)
        return answerError(console, answer.error(), reading(json));
    show(*answer);
    return ExitCode::Done;
}

/// Where a page goes on: a result in JSON, a hint otherwise.
template <class Cursor>
void hintAtMore(Console& console, const std::optional<Cursor>& next, const char* option)
{
    if (next)
        console.say(QStringLiteral("There is more: --%1 %2")
                        .arg(QString::fromLatin1(option), next->text()));
}

QString optionalNumber(const std::optional<Credits>& credits)
{
    return credits ? number(*credits) : QString();
}

QString optionalTime(const std::optional<Instant>& at)
{
    return at ? isoTime(*at) : QString();
}

QList<QStringList> historyRows(const QList<Transaction>& rows)
{
    QList<QStringList> cells;
    for (const Transaction& row : rows)
        cells << QStringList{isoTime(row.createdAt),
                             row.typeLabel,
                             number(row.amount),
                             optionalNumber(row.runningBalance),
                             row.active ? QStringLiteral("yes") : QStringLiteral("pending"),
                             row.sequence ? QString::number(*row.sequence) : QString(),
                             row.key.text()};
    return cells;
}

void printHistoryCsv(Console& console, const QList<Transaction>& rows)
{
    QList<QStringList> cells = historyRows(rows);
    for (qsizetype i = 0; i < rows.size(); ++i)
        cells[i] << optionalNumber(rows[i].requested)
                 << (rows[i].metadataText.isEmpty()
                         ? QString::fromUtf8(
                               QJsonDocument(rows[i].metadata).toJson(QJsonDocument::Compact))
                         : QString::fromUtf8(rows[i].metadataText));
    console.printRaw(
        csv({QStringLiteral("createdAt"), QStringLiteral("type"), QStringLiteral("amount"),
             QStringLiteral("runningBalance"), QStringLiteral("active"), QStringLiteral("sequence"),
             QStringLiteral("key"), QStringLiteral("requested"), QStringLiteral("metadata")},
            cells));
}

void printHistory(Console& console, Format format, const QString& id,
                  const Page<Transaction, HistoryCursor>& page)
{
    if (format == Format::Json) {
        QJsonArray rows;
        for (const Transaction& row : page.rows)
            rows.append(toJson(row));
        QJsonObject json{{QStringLiteral("user"), id}, {QStringLiteral("transactions"), rows}};
        insertWhen(json, "next", page.next, [](const HistoryCursor& next) { return next.text(); });
        console.print(document(json));
        return;
    }
    if (format == Format::Csv)
        printHistoryCsv(console, page.rows);
    else
        console.print(textTable({{.title = QStringLiteral("time (UTC)")},
                                 {.title = QStringLiteral("type")},
                                 {.title = QStringLiteral("amount"), .isNumber = true},
                                 {.title = QStringLiteral("balance"), .isNumber = true},
                                 {.title = QStringLiteral("active")},
                                 {.title = QStringLiteral("sequence"), .isNumber = true},
                                 {.title = QStringLiteral("key")}},
                                historyRows(page.rows)));
    hintAtMore(console, page.next, "before");
}

QString nameOf(Balance::Source source)
{
    switch (source) {
    case Balance::Source::BalanceRow:
        return QStringLiteral("balanceRow");
    case Balance::Source::History:
        return QStringLiteral("history");
    case Balance::Source::Nothing:
        return QStringLiteral("nothing");
    }
    Q_UNREACHABLE();
}

QJsonObject toJson(const UserSummary& summary)
{
    QJsonObject json = toJson(summary.user);
    json.insert(QStringLiteral("postings"), summary.postings);
    json.insert(QStringLiteral("pendingCount"), summary.pendingCount);
    json.insert(QStringLiteral("pendingTotal"), summary.pendingTotal.value());
    json.insert(QStringLiteral("toppedUp"), summary.toppedUp.value());
    json.insert(QStringLiteral("spent"), summary.spent.value());
    json.insert(QStringLiteral("clampedCount"), summary.clampedCount);
    insertWhen(json, "firstActivity", summary.firstActivity, isoTime);
    return json;
}

QString summaryText(const UserSummary& summary)
{
    const User& user = summary.user;
    const QList<QPair<QString, QString>> facts{
        {QStringLiteral("id"), user.id.text()},
        {QStringLiteral("e-mail"), user.email},
        {QStringLiteral("name"), user.name},
        {QStringLiteral("balance"), number(user.balance)},
        {QStringLiteral("balance row"),
         user.hasBalanceRow ? QStringLiteral("yes") : QStringLiteral("no")},
        {QStringLiteral("pending"), QStringLiteral("%1 in %2 transactions")
                                        .arg(number(summary.pendingTotal))
                                        .arg(summary.pendingCount)},
        {QStringLiteral("postings"), QString::number(summary.postings)},
        {QStringLiteral("topped up"), number(summary.toppedUp)},
        {QStringLiteral("spent"), number(summary.spent)},
        {QStringLiteral("clamped"), QString::number(summary.clampedCount)},
        {QStringLiteral("since"), isoTime(user.createdAt)},
        {QStringLiteral("active"),
         QStringLiteral("%1 to %2")
             .arg(optionalTime(summary.firstActivity), optionalTime(user.lastActivity))}};
    QStringList lines;
    for (const auto& [name, value] : facts)
        lines << name.leftJustified(13) + printable(value);
    return lines.join(QLatin1Char('\n'));
}

} // namespace

ExitCode runUsers(const UsersOptions& options, Place& place, Console& console)
{
    const auto show = [&](const Page<User, UserCursor>& page) {
        if (options.json) {
            QJsonArray rows;
            for (const User& user : page.rows)
                rows.append(toJson(user));
            QJsonObject json{{QStringLiteral("users"), rows}};
            insertWhen(json, "next", page.next, [](const UserCursor& next) { return next.text(); });
            console.print(document(json));
            return;
        }
        QList<QStringList> rows;
        for (const User& user : page.rows)
            rows << QStringList{user.id.text(), user.email, user.name, number(user.balance),
                                optionalTime(user.lastActivity)};
        console.print(textTable({{.title = QStringLiteral("id")},
                                 {.title = QStringLiteral("e-mail")},
                                 {.title = QStringLiteral("name")},
                                 {.title = QStringLiteral("balance"), .isNumber = true},
                                 {.title = QStringLiteral("last activity (UTC)")}},
                                rows));
        hintAtMore(console, page.next, "after");
    };
    return read(
        place, console, options.json,
        [&options](Ledger& ledger) { return ledger.users(options.query); }, show);
}

ExitCode runUserCreate(const UserCreateOptions& options, Place& place, Console& console)
{
    const AnswerContext writing{.doing = words::Doing::Writing, .json = options.json, .facts = {}};
    const auto id = UserId::from(options.id);
    if (!id)
        return answerError(console, invalidId(options.id), writing);
    const auto ledger = place.openWriter();
    if (!ledger)
        return answerError(console, ledger.error(), writing);
    const Outcome created = (*ledger)->createUser({.id = *id,
                                                   .email = options.email,
                                                   .name = options.name,
                                                   .withBalanceRow = options.withBalanceRow});
    if (!created)
        return answerError(console, created.error(), writing);
    if (options.json)
        console.print(document({{QStringLiteral("created"), id->text()}}));
    else
        console.print(QStringLiteral("created %1").arg(printable(id->text())));
    return ExitCode::Done;
}

ExitCode runUserShow(const UserShowOptions& options, Place& place, Console& console)
{
    const auto id = UserId::from(options.id);
    if (!id)
        return answerError(console, invalidId(options.id), reading(options.json));
    return read(
        place, console, options.json, [&id](Ledger& ledger) { return ledger.user(*id); },
        [&](const UserSummary& summary) {
            if (options.json)
                console.print(document({{QStringLiteral("user"), toJson(summary)}}));
            else
                console.print(summaryText(summary));
        });
}

ExitCode runHistory(const HistoryOptions& options, Place& place, Console& console)
{
    const bool isJson = options.format == Format::Json;
    const auto id = UserId::from(options.id);
    if (!id)
        return answerError(console, invalidId(options.id), reading(isJson));
    const auto ask = [&](Ledger& ledger) -> Result<Page<Transaction, HistoryCursor>> {
        // A history of nobody is empty; asked for by hand, a mistyped id must not look like one.
        const auto known = ledger.balance(*id);
        if (!known)
            return known.error();
        return ledger.history({.user = *id,
                               .limit = options.limit,
                               .before = options.before,
                               .types = options.types,
                               .from = {},
                               .until = {},
                               .active = {}});
    };
    return read(place, console, isJson, ask, [&](const Page<Transaction, HistoryCursor>& page) {
        printHistory(console, options.format, id->text(), page);
    });
}

ExitCode runBalance(const BalanceOptions& options, Place& place, Console& console)
{
    const auto id = UserId::from(options.id);
    if (!id)
        return answerError(console, invalidId(options.id), reading(options.json));
    const auto ask = [&](Ledger& ledger) {
        return options.at ? ledger.balanceAt(*id, *options.at) : ledger.balance(*id);
    };
    return read(place, console, options.json, ask, [&](const Balance& balance) {
        if (!options.json) {
            console.print(number(balance.credits));
            return;
        }
        QJsonObject json{{QStringLiteral("user"), id->text()},
                         {QStringLiteral("balance"), balance.credits.value()},
                         {QStringLiteral("source"), nameOf(balance.source)}};
        insertWhen(json, "sequence", balance.sequence, [](qint64 sequence) { return sequence; });
        if (options.at)
            json.insert(QStringLiteral("at"), isoTime(*options.at));
        console.print(document(json));
    });
}

} // namespace tallystick
