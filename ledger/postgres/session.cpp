// SPDX-License-Identifier: GPL-3.0-or-later
//! Opens sessions from libpq connection strings and keeps prepared statements.
#include "ledger/postgres/session.h"

#include "ledger/postgres/sqltext.h"

#include <QtCore/QAtomicInteger>
#include <QtCore/QRegularExpression>
#include <QtSql/QSqlDriver>
#include <QtSql/QSqlError>
#include <libpq-fe.h>

namespace tallystick::postgres {

namespace {

QString nextConnectionName()
{
    static QAtomicInteger<quint64> count;
    return QStringLiteral("tallystick-%1").arg(++count);
}

/// A value as libpq's keyword/value strings take it (manual, "Connection Strings").
QString quoted(QString value)
{
    value.replace(QLatin1Char('\\'), QLatin1String("\\\\"));
    value.replace(QLatin1Char('\''), QLatin1String("\\'"));
    return QLatin1Char('\'') + value + QLatin1Char('\'');
}

/// What every session of this program is set to, as the "options" parameter takes it.
QString sessionSettings(const Connection& connection)
{
    QString settings = QStringLiteral("-c TimeZone=UTC -c DateStyle=ISO "
                                      "-c default_transaction_isolation=read\\ committed");
    if (connection.readOnly)
        settings += QStringLiteral(" -c default_transaction_read_only=on");
    if (connection.statementTimeoutMillis > 0)
        settings +=
            QStringLiteral(" -c statement_timeout=%1").arg(connection.statementTimeoutMillis);
    if (connection.lockTimeoutMillis > 0)
        settings += QStringLiteral(" -c lock_timeout=%1").arg(connection.lockTimeoutMillis);
    return settings;
}

/// An empty text is a text: the driver would send a null QString as NULL. What is meant to be NULL
/// is a null variant.
QVariant asSaid(const QVariant& value)
{
    if (value.metaType().id() == QMetaType::QString && !value.isNull() && value.toString().isNull())
        return QString(QLatin1String(""));
    return value;
}

/// libpq has no SQLSTATE for a connection that was refused, only the server's words.
QString stateOfConnectError(const QString& text)
{
    constexpr std::pair<const char*, const char*> words[] = {
        {"password authentication failed", "28P01"},
        {"no password supplied", "28P01"},
        {"no pg_hba.conf entry", "28000"},
        {"Peer authentication failed", "28000"},
        {"too many clients", "53300"},
        {"remaining connection slots", "53300"},
        {"starting up", "57P03"},
        {"shutting down", "57P03"},
        {"in recovery mode", "57P03"}};
    for (const auto& [word, state] : words)
        if (text.contains(QLatin1String(word)))
            return QLatin1String(state);
    static const QRegularExpression missing(
        QStringLiteral("(role|database) \".*\" does not exist"));
    const auto match = missing.match(text);
    if (!match.hasMatch())
        return {};
    return match.captured(1) == QLatin1String("role") ? QStringLiteral("28000")
                                                      : QStringLiteral("3D000");
}

Failure misread(const QString& text)
{
    return {.kind = Failure::Kind::ConnectionMisread,
            .statement = QStringLiteral("connection string"),
            .text = text};
}

/// The keywords of a connection string, or libpq's words on what is wrong with it.
Result<QHash<QString, QString>> keywordsOf(const QString& uri)
{
    char* message = nullptr;
    PQconninfoOption* const options = PQconninfoParse(uri.toUtf8().constData(), &message);
    if (!options) {
        const QString text = QString::fromUtf8(message).trimmed();
        PQfreemem(message);
        return misread(text);
    }
    QHash<QString, QString> keywords;
    for (const PQconninfoOption* option = options; option->keyword; ++option)
        if (option->val)
            keywords.insert(QString::fromUtf8(option->keyword), QString::fromUtf8(option->val));
    PQconninfoFree(options);
    return keywords;
}

} // namespace

Session::Session(QSqlDatabase database, QString name)
    : m_database(std::move(database))
    , m_name(std::move(name))
{
}

Session::~Session()
{
    m_statements.clear();
    m_database.close();
    m_database = QSqlDatabase();
    QSqlDatabase::removeDatabase(m_name);
}

Result<std::unique_ptr<Session>> Session::open(const Connection& connection)
{
    auto keywords = keywordsOf(connection.uri);
    if (!keywords)
        return keywords.error();
    if (!QSqlDatabase::isDriverAvailable(QStringLiteral("QPSQL")))
        return Failure{.kind = Failure::Kind::ServerMissing,
                       .statement = QStringLiteral("driver"),
                       .text = QStringLiteral("QPSQL")};

    const QString name = nextConnectionName();
    std::unique_ptr<Session> session(
        new Session(QSqlDatabase::addDatabase(QStringLiteral("QPSQL"), name), name));
    QSqlDatabase& database = session->m_database;
    database.setHostName(keywords->take(QStringLiteral("host")));
    database.setDatabaseName(keywords->take(QStringLiteral("dbname")));
    database.setUserName(keywords->take(QStringLiteral("user")));
    database.setPassword(keywords->take(QStringLiteral("password")));
    if (const QString port = keywords->take(QStringLiteral("port")); !port.isEmpty()) {
        bool isNumber = false;
        database.setPort(port.toUShort(&isNumber));
        if (!isNumber)
            return misread(QStringLiteral("\"%1\" is not the number of a port").arg(port));
    }

    QString options = keywords->take(QStringLiteral("options"));
    options += (options.isEmpty() ? QString() : QStringLiteral(" ")) + sessionSettings(connection);
    keywords->insert(QStringLiteral("options"), options);
    keywords->insert(QStringLiteral("application_name"), connection.sessionName);
    if (!keywords->contains(QStringLiteral("connect_timeout")))
        keywords->insert(QStringLiteral("connect_timeout"), QStringLiteral("10"));
    QStringList parameters;
    for (auto keyword = keywords->cbegin(); keyword != keywords->cend(); ++keyword)
        parameters.append(keyword.key() + QLatin1Char('=') + quoted(keyword.value()));
    database.setConnectOptions(parameters.join(QLatin1Char(';')));

    if (!database.open()) {
        const QString text = database.lastError().databaseText().trimmed();
        return classified({.sent = Sent::Nothing,
                           .sqlState = stateOfConnectError(text),
                           .isSessionAlive = false,
                           .statement = QStringLiteral("connect"),
                           .text = text});
    }
    return session;
}

bool Session::isAlive() const
{
    return m_database.isOpen() && PQstatus(static_cast<PGconn*>(handle())) == CONNECTION_OK;
}

void Session::cancel() const
{
    PGcancel* const cancel = PQgetCancel(static_cast<PGconn*>(handle()));
    if (!cancel)
        return;
    char message[256];
    PQcancel(cancel, message, sizeof message);
    PQfreeCancel(cancel);
}

void* Session::handle() const
{
    const QVariant handle = m_database.driver()->handle();
    Q_ASSERT(qstrcmp(handle.typeName(), "pg_conn*") == 0);
    return *static_cast<PGconn* const*>(handle.constData());
}

Failure Session::failureOf(const QSqlQuery& query, const QString& name, Sent sent) const
{
    const QSqlError error = query.lastError();
    // A killed session may leave no code with the driver; libpq's own message may still tell.
    const QString text = error.databaseText().isEmpty()
                             ? QString::fromUtf8(PQerrorMessage(static_cast<PGconn*>(handle())))
                             : error.databaseText();
    return classified({.sent = sent,
                       .sqlState = error.nativeErrorCode(),
                       .isSessionAlive = isAlive(),
                       .statement = name,
                       .text = text.trimmed()});
}

Result<Statement*> Session::run(const char* name, const Bindings& bindings, Sent sent)
{
    const QString text = QString::fromLatin1(name);
    if (!isAlive()) // it died earlier: nothing of this was sent
        return classified({.sent = Sent::Statement,
                           .isSessionAlive = false,
                           .statement = text,
                           .text = QStringLiteral("the session was lost before")});
    std::shared_ptr<Statement>& statement = m_statements[name];
    if (!statement) {
        QSqlQuery query(m_database);
        // Verification streams whole ledgers; everything else answers a page at most.
        query.setForwardOnly(text.startsWith(QLatin1String("audit/")));
        if (!query.prepare(sqlText(text))) {
            Failure failure = failureOf(query, text, Sent::Statement);
            m_statements.remove(name);
            return failure;
        }
        statement = std::make_shared<Statement>(std::move(query));
    }
    QSqlQuery& query = statement->query();
    for (const auto& [placeholder, value] : bindings)
        query.bindValue(QLatin1Char(':') + QString::fromLatin1(placeholder), asSaid(value));
    if (!query.exec())
        return failureOf(query, text, sent);
    return statement.get();
}

Outcome Session::runText(const QString& sql, const QString& name, Sent sent)
{
    if (!isAlive())
        return classified({.sent = Sent::Statement,
                           .isSessionAlive = false,
                           .statement = name,
                           .text = QStringLiteral("the session was lost before")});
    // The driver looks at the first statement's result only; libpq tells of all of them.
    auto* const connection = static_cast<PGconn*>(handle());
    PGresult* const result = PQexec(connection, sql.toUtf8().constData());
    const ExecStatusType status = PQresultStatus(result);
    const char* const state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
    const Failure failure =
        classified({.sent = sent,
                    .sqlState = QString::fromLatin1(state ? state : ""),
                    .isSessionAlive = isAlive(),
                    .statement = name,
                    .text = QString::fromUtf8(PQerrorMessage(connection)).trimmed()});
    PQclear(result);
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK)
        return failure;
    return Done{};
}

} // namespace tallystick::postgres
