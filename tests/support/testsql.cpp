// SPDX-License-Identifier: GPL-3.0-or-later
//! Plain libpq, independent of the code under test, for planting and looking.
#include "tests/support/testserver.h"

#include <libpq-fe.h>

namespace tallystick {

namespace {

/// One session with the answer to what was sent over it.
class Answer final
{
public:
    Answer(const Connection& connection, const QString& statements)
        : m_session(PQconnectdb(connection.uri.toUtf8().constData()))
    {
        if (PQstatus(m_session) == CONNECTION_OK) // else the words why would be overwritten
            m_result = PQexec(m_session, statements.toUtf8().constData());
    }
    ~Answer()
    {
        PQclear(m_result);
        PQfinish(m_session);
    }
    Answer(const Answer&) = delete;
    Answer& operator=(const Answer&) = delete;

    [[nodiscard]] bool succeeded() const
    {
        const ExecStatusType status = PQresultStatus(m_result);
        return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK;
    }
    [[nodiscard]] const PGresult* result() const { return m_result; }
    [[nodiscard]] PGresult* touched() { return m_result; }
    [[nodiscard]] const char* words() const { return PQerrorMessage(m_session); }

private:
    PGconn* m_session;
    PGresult* m_result = nullptr;
};

void demandSuccess(const Answer& answer, const QString& statements)
{
    if (!answer.succeeded())
        qFatal("%s\nfailed: %s", qPrintable(statements), answer.words());
}

} // namespace

int runSql(const Connection& connection, const QString& statements)
{
    Answer answer(connection, statements);
    demandSuccess(answer, statements);
    return QByteArray(PQcmdTuples(answer.touched())).toInt();
}

QString sql(const Connection& connection, const QString& query)
{
    const Answer answer(connection, query);
    demandSuccess(answer, query);
    if (PQntuples(answer.result()) == 0 || PQnfields(answer.result()) == 0)
        return {};
    return QString::fromUtf8(PQgetvalue(answer.result(), 0, 0));
}

QString sqlStateOf(const Connection& connection, const QString& statements)
{
    const Answer answer(connection, statements);
    if (answer.succeeded())
        return {};
    const char* const state = PQresultErrorField(answer.result(), PG_DIAG_SQLSTATE);
    return state ? QString::fromLatin1(state) : QStringLiteral("?????");
}

} // namespace tallystick
