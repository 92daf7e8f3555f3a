// SPDX-License-Identifier: GPL-3.0-or-later
//! COPY over the session's own libpq connection: the driver offers none.
#include "ledger/postgres/postgresloader.h"

#include "ledger/postgres/sqltext.h"

#include <chrono>
#include <cstdio>
#include <libpq-fe.h>

namespace tallystick::postgres {

namespace {

struct CopyTarget
{
    const char* statement;
    int timeColumn; ///< which column holds micros, to be written as the server reads times
};

CopyTarget targetOf(LoadTable table)
{
    switch (table) {
    case LoadTable::Users:
        return {"bench/copy_users", 3};
    case LoadTable::Balances:
        return {"bench/copy_balances", 2};
    case LoadTable::Transactions:
        return {"bench/copy_transactions", 1};
    }
    Q_UNREACHABLE();
}

void appendTime(QByteArray& out, qint64 micros)
{
    using namespace std::chrono;
    const sys_time<microseconds> at{microseconds(micros)};
    const auto midnight = floor<days>(at);
    const year_month_day date(midnight);
    const hh_mm_ss time(at - midnight);
    char text[48];
    const int length = std::snprintf(text, sizeof text, "%04d-%02u-%02u %02d:%02d:%02d.%06d+00",
                                     int(date.year()), unsigned(date.month()), unsigned(date.day()),
                                     int(time.hours().count()), int(time.minutes().count()),
                                     int(time.seconds().count()), int(time.subseconds().count()));
    out.append(text, length);
}

/// \a rows with the numbers in column \a timeColumn written as times.
QByteArray withTimes(const QByteArray& rows, int timeColumn)
{
    QByteArray out;
    out.reserve(rows.size() + rows.size() / 8);
    int column = 0;
    qsizetype start = 0;
    for (qsizetype i = 0; i < rows.size(); ++i) {
        const char c = rows.at(i);
        if (c != '\t' && c != '\n')
            continue;
        if (column == timeColumn)
            appendTime(out, QByteArrayView(rows).sliced(start, i - start).toLongLong());
        else
            out.append(rows.constData() + start, i - start);
        out.append(c);
        column = c == '\n' ? 0 : column + 1;
        start = i + 1;
    }
    return out;
}

/// Ends a COPY and answers what went wrong in it, if anything did.
Outcome ended(PGconn* connection, const char* statement)
{
    Outcome outcome = Done{};
    while (PGresult* const result = PQgetResult(connection)) {
        if (PQresultStatus(result) != PGRES_COMMAND_OK && outcome.ok()) {
            const char* const state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
            outcome = classified({.sent = Sent::Statement,
                                  .sqlState = QString::fromLatin1(state ? state : ""),
                                  .isSessionAlive = PQstatus(connection) == CONNECTION_OK,
                                  .statement = QString::fromLatin1(statement),
                                  .text = QString::fromUtf8(PQresultErrorMessage(result))});
        }
        PQclear(result);
    }
    return outcome;
}

} // namespace

PostgresLoader::PostgresLoader(Session& session, std::unique_ptr<UnitOfWork> work)
    : m_session(session)
    , m_work(std::move(work))
{
}

Result<std::unique_ptr<PostgresLoader>> PostgresLoader::begin(Session& session)
{
    auto work = UnitOfWork::begin(session);
    if (!work)
        return work.error();
    return std::unique_ptr<PostgresLoader>(new PostgresLoader(session, *std::move(work)));
}

Result<std::unique_ptr<PostgresLoader>> PostgresLoader::begin(std::unique_ptr<Session> session)
{
    auto loader = begin(*session);
    if (loader)
        (*loader)->m_own = std::move(session);
    return loader;
}

Outcome PostgresLoader::copy(LoadTable table, const QByteArray& rows)
{
    const CopyTarget target = targetOf(table);
    auto* const connection = static_cast<PGconn*>(m_session.handle());
    const QByteArray sql = sqlText(QLatin1String(target.statement)).toUtf8();
    PGresult* const begun = PQexec(connection, sql.constData());
    const bool isCopying = PQresultStatus(begun) == PGRES_COPY_IN;
    const char* const state = PQresultErrorField(begun, PG_DIAG_SQLSTATE);
    const Failure failure = classified({.sent = Sent::Statement,
                                        .sqlState = QString::fromLatin1(state ? state : ""),
                                        .isSessionAlive = PQstatus(connection) == CONNECTION_OK,
                                        .statement = QString::fromLatin1(target.statement),
                                        .text = QString::fromUtf8(PQresultErrorMessage(begun))});
    PQclear(begun);
    if (!isCopying)
        return failure;
    const QByteArray text = withTimes(rows, target.timeColumn);
    const bool isSent = PQputCopyData(connection, text.constData(), int(text.size())) == 1;
    PQputCopyEnd(connection, isSent ? nullptr : "the rows could not be sent");
    return ended(connection, target.statement);
}

Outcome PostgresLoader::finish()
{
    return m_work->commit();
}

Result<bool> PostgresLoader::isEmpty()
{
    const QString lock = QStringLiteral("bench/lock_users");
    if (Outcome locked = m_session.runText(sqlText(lock), lock); !locked)
        return locked.error();
    auto first = m_session.run("bench/any_user");
    if (!first)
        return first.error();
    const bool hasRow = (*first)->next();
    (*first)->finish();
    return !hasRow;
}

Outcome PostgresLoader::clear()
{
    if (auto allowed = m_session.run("bench/allow_removal"); !allowed)
        return allowed.error();
    const QString clear = QStringLiteral("bench/copy_clear");
    return m_session.runText(sqlText(clear), clear); // TRUNCATE cannot be prepared
}

} // namespace tallystick::postgres
