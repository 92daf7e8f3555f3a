// SPDX-License-Identifier: GPL-3.0-or-later
//! Prepares steps, runs them, carries columns from one to the next.
#include "ledger/postgres/ownsteps.h"

#include "ledger/core/statementtext.h"
#include "ledger/postgres/rows.h"
#include "ledger/postgres/unitofwork.h"

#include <libpq-fe.h>

namespace tallystick::postgres {

namespace {

struct Clear
{
    void operator()(PGresult* result) const { PQclear(result); }
};
using Answer = std::unique_ptr<PGresult, Clear>;

PGconn* connectionOf(const Session& session)
{
    return static_cast<PGconn*>(session.handle());
}

QString stateOf(const PGresult* result)
{
    const char* const state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
    return QString::fromLatin1(state ? state : "");
}

Failure wrong(const QString& path, const QString& text, const QString& sqlState = {})
{
    return {.kind = Failure::Kind::WrongStatement,
            .sqlState = sqlState,
            .statement = path,
            .text = text};
}

/// What the server said; where that means that the statement itself cannot work, WrongStatement.
Failure failureOf(const Session& session, const PGresult* result, const QString& path, Sent sent,
                  bool isPreparing)
{
    const Failure failure =
        classified({.sent = sent,
                    .sqlState = stateOf(result),
                    .isSessionAlive = session.isAlive(),
                    .statement = path,
                    .text = QString::fromUtf8(PQerrorMessage(connectionOf(session))).trimmed()});
    // Class 42: syntax error or access rule violation; 22P02: a text that is no value of its type;
    // 0A: what the server does not support; 25001, 2D000: leaving the transaction.
    const QString& state = failure.sqlState;
    const bool isWrong = state.startsWith(QLatin1String("42")) ||
                         state.startsWith(QLatin1String("0A")) || state == QLatin1String("22P02") ||
                         state == QLatin1String("25001") || state == QLatin1String("2D000") ||
                         state == QLatin1String("3F000");
    const bool isRights = failure.kind == Failure::Kind::NotAllowed;
    if (session.isAlive() &&
        ((isWrong && !isRights) ||
         (isPreparing && !state.isEmpty() && failure.kind == Failure::Kind::Unexpected)))
        return wrong(path, failure.text, state);
    return failure;
}

/// Kinds of types a value of the first can be given to (manual, "pg_type", typcategory): texts may
/// be anything a place asks for, numbers are numbers.
bool fits(QChar from, QChar to)
{
    const QString anyText = QStringLiteral("SEXU"); // text, enum, unknown, user-defined
    return from == to || anyText.contains(to) ||
           (from != QLatin1Char('N') && anyText.contains(from));
}

} // namespace

OwnSteps::OwnSteps(Session& session, bool isTransaction)
    : m_session(&session)
    , m_isTransaction(isTransaction)
{
}

Result<OwnSteps> OwnSteps::prepare(Session& session, OperationKind kind,
                                   const OwnOperation& operation)
{
    OwnSteps steps(session, operation.transaction);
    for (const QString& text : operation.steps) {
        auto step = steps.prepared(text, kind, qsizetype(steps.m_steps.size()));
        if (!step)
            return step.error();
        steps.m_steps.push_back(*std::move(step));
    }
    if (kind == OperationKind::Read && !steps.m_columnTypes.contains(QStringLiteral("balance")))
        return wrong(memberPath(kind),
                     QStringLiteral("no step returns a column named \"balance\", which is what a "
                                    "read is for"));
    return steps;
}

Result<OwnSteps::Step> OwnSteps::prepared(const QString& text, OperationKind kind, qsizetype number)
{
    Step step{.path = memberPath(kind, number),
              .name = QStringLiteral("own-%1-%2").arg(nameOf(kind)).arg(number).toLatin1(),
              .placeholders = {},
              .columns = {}};
    const auto read = readStatement(text);
    if (const auto* flaw = std::get_if<StatementFlaw>(&read))
        return wrong(step.path, QStringLiteral("expected ") + flaw->expected);
    const auto& statement = std::get<StatementText>(read);
    step.placeholders = statement.placeholders;
    for (const QString& name : statement.placeholders)
        if (!givenPlaceholders().contains(name) && !m_columnTypes.contains(name)) {
            QStringList known = givenPlaceholders();
            known += m_columnTypes.keys();
            known.sort();
            return wrong(step.path,
                         QStringLiteral("nothing is known of the placeholder :%1; there are :%2, "
                                        "and the columns of earlier steps")
                             .arg(name, known.join(QStringLiteral(", :"))));
        }
    PGconn* const connection = connectionOf(*m_session);
    const Answer prepared(PQprepare(connection, step.name.constData(),
                                    statement.sql.toUtf8().constData(), 0, nullptr));
    if (PQresultStatus(prepared.get()) != PGRES_COMMAND_OK)
        return failureOf(*m_session, prepared.get(), step.path, Sent::Statement, true);
    const Answer described(PQdescribePrepared(connection, step.name.constData()));
    if (PQresultStatus(described.get()) != PGRES_COMMAND_OK)
        return failureOf(*m_session, described.get(), step.path, Sent::Statement, true);
    if (Outcome fitting = checkTypes(step, described.get()); !fitting)
        return fitting.error();
    for (int column = 0; column < PQnfields(described.get()); ++column) {
        step.columns.append(QString::fromUtf8(PQfname(described.get(), column)));
        m_columnTypes.insert(step.columns.last(), PQftype(described.get(), column));
    }
    return step;
}

/// Each placeholder against the place it stands in, and the balance against being a number.
Outcome OwnSteps::checkTypes(const Step& step, const void* description)
{
    const auto* const result = static_cast<const PGresult*>(description);
    QStringList oids;
    for (int place = 0; place < PQnparams(result); ++place)
        oids.append(QString::number(PQparamtype(result, place)));
    for (int column = 0; column < PQnfields(result); ++column)
        oids.append(QString::number(PQftype(result, column)));
    for (const uint type : std::as_const(m_columnTypes))
        oids.append(QString::number(type));
    auto types =
        m_session->run("queries/types", {{"oids", QStringLiteral("{%1}").arg(oids.join(u','))}});
    if (!types)
        return types.error();
    QHash<uint, std::pair<QChar, QString>> known; // category, name
    while ((*types)->next())
        known.insert(uint(numberAt(**types, "oid")),
                     {textAt(**types, "category").at(0), textAt(**types, "name")});
    static const QStringList numbers{QStringLiteral("amount"), QStringLiteral("ceiling")};
    for (int place = 0; place < PQnparams(result); ++place) {
        const QString& name = step.placeholders.at(place);
        const auto wanted = known.value(PQparamtype(result, place));
        const bool isColumn = m_columnTypes.contains(name);
        const auto given = isColumn ? known.value(m_columnTypes.value(name))
                           : numbers.contains(name)
                               ? std::pair(QChar(u'N'), QStringLiteral("a number"))
                               : std::pair(QChar(u'S'), QStringLiteral("a text"));
        // The lab's own texts are names, never numbers or times; JSON is of the category U.
        const bool isFine =
            isColumn ? fits(given.first, wanted.first)
                     : given.first == wanted.first || QStringLiteral("SEXU").contains(wanted.first);
        if (!isFine)
            return wrong(step.path, QStringLiteral(":%1 is %2, but stands where %3 is wanted")
                                        .arg(name, given.second, wanted.second));
    }
    for (int column = 0; column < PQnfields(result); ++column)
        if (qstrcmp(PQfname(result, column), "balance") == 0 &&
            known.value(PQftype(result, column)).first != QLatin1Char('N'))
            return wrong(step.path,
                         QStringLiteral("the column \"balance\" is %1; a balance is a whole number")
                             .arg(known.value(PQftype(result, column)).second));
    return Done{};
}

Result<OwnEnd> OwnSteps::run(const OwnValues& given, bool keeps)
{
    if (!m_session->isAlive())
        return classified({.sent = Sent::Statement,
                           .isSessionAlive = false,
                           .statement = QStringLiteral("own statements"),
                           .text = QStringLiteral("the session was lost before")});
    if (!m_isTransaction && keeps)
        return runAll(given);
    auto work = UnitOfWork::begin(*m_session);
    if (!work)
        return work.error();
    auto end = runAll(given);
    if (!end || end->kind != OwnEnd::Kind::Done || !keeps)
        return end;
    if (Outcome committed = (*work)->commit(); !committed)
        return committed.error();
    return end;
}

Result<OwnEnd> OwnSteps::runAll(OwnValues values)
{
    OwnEnd end;
    for (const Step& step : m_steps) {
        auto done = runStep(step, values, end);
        if (!done || done->kind != OwnEnd::Kind::Done)
            return done;
    }
    return end;
}

Result<OwnEnd> OwnSteps::runStep(const Step& step, OwnValues& values, OwnEnd& end)
{
    std::vector<QByteArray> texts;
    std::vector<const char*> parameters;
    texts.reserve(std::size_t(step.placeholders.size()));
    for (const QString& name : step.placeholders) {
        const auto& value = values[name];
        texts.push_back(value.value_or(QByteArray()));
        parameters.push_back(value ? texts.back().constData() : nullptr);
    }
    PGconn* const connection = connectionOf(*m_session);
    const PGTransactionStatusType before = PQtransactionStatus(connection);
    const Answer answer(PQexecPrepared(connection, step.name.constData(), int(parameters.size()),
                                       parameters.data(), nullptr, nullptr, 0));
    const PGresult* const result = answer.get();
    const ExecStatusType status = PQresultStatus(result);
    if (status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK) {
        if (stateOf(result) == QLatin1String("23505"))
            return OwnEnd{.kind = OwnEnd::Kind::KeyStands, .balance = {}};
        const bool commits = before == PQTRANS_IDLE;
        return failureOf(*m_session, result, step.path, commits ? Sent::Commit : Sent::Statement,
                         false);
    }
    if (PQtransactionStatus(connection) != before)
        return wrong(step.path, QStringLiteral("the statement left its transaction"));
    const int rows = PQntuples(result);
    if (rows > 1)
        return wrong(step.path, QStringLiteral("the step returned %1 rows; a step returns one row, "
                                               "or none to refuse")
                                    .arg(rows));
    const bool hasColumns = PQnfields(result) > 0;
    if ((hasColumns && rows == 0) || (!hasColumns && qstrcmp(PQcmdTuples(answer.get()), "0") == 0))
        return OwnEnd{.kind = OwnEnd::Kind::NoRow, .balance = {}};
    if (hasColumns)
        end.balance.reset();
    for (int column = 0; column < PQnfields(result); ++column) {
        const bool isNull = PQgetisnull(result, 0, column) != 0;
        const QByteArray text(PQgetvalue(result, 0, column), PQgetlength(result, 0, column));
        values[step.columns.at(column)] = isNull ? std::nullopt : std::optional(text);
        if (isNull || step.columns.at(column) != QLatin1String("balance"))
            continue;
        bool isWhole = false;
        end.balance = Credits::of(text.toLongLong(&isWhole));
        if (!isWhole)
            return wrong(step.path, QStringLiteral("the balance is %1; it must be a whole number")
                                        .arg(QString::fromUtf8(text)));
    }
    return end;
}

} // namespace tallystick::postgres
