// SPDX-License-Identifier: GPL-3.0-or-later
//! Words for failures: what happened, what it means for the money, what to do.
#include "ui/shared/words.h"

#include <QtCore/QCoreApplication>

namespace tallystick::words {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(FailureWords)
};

QString happened(const Failure& failure)
{
    switch (failure.kind) {
    case Failure::Kind::ConnectionMisread:
        return Words::tr("The connection is not named in a way that can be understood: %1. "
                         "No server was asked.")
            .arg(failure.text);
    case Failure::Kind::Unreachable:
        return failure.sqlState == QLatin1String("28P01")
                   ? Words::tr("The database did not accept the password.")
                   : Words::tr("The database cannot be reached.");
    case Failure::Kind::SessionLost:
        return Words::tr("The connection to the database was lost.");
    case Failure::Kind::Conflict:
        return Words::tr("Another posting was in the way.");
    case Failure::Kind::TimedOut:
        return failure.sqlState == QLatin1String("57014")
                   ? Words::tr("The database took longer than allowed.")
                   : Words::tr("The balance stayed locked by somebody else for too long.");
    case Failure::Kind::OutcomeUnknown:
        return Words::tr("The connection was lost while the posting was being confirmed.");
    case Failure::Kind::ReadOnly:
        return Words::tr("This connection is read-only.");
    case Failure::Kind::NotAllowed:
        return Words::tr("The database role may not do this.");
    case Failure::Kind::SchemaMismatch:
        return Words::tr("The database does not have the tables or functions expected here.");
    case Failure::Kind::NoLabMarker:
        return Words::tr("This database is not marked as a lab.");
    case Failure::Kind::ServerFull:
        return Words::tr("The database server has run out of disk, memory or connections.");
    case Failure::Kind::ServerMissing:
        return Words::tr("No PostgreSQL server is installed on this machine.");
    case Failure::Kind::LabDamaged:
        return Words::tr("The lab's directory cannot be used as it is.");
    case Failure::Kind::Cancelled:
        return Words::tr("It was cancelled.");
    case Failure::Kind::FileTrouble:
        return Words::tr("A file could not be read or written.");
    case Failure::Kind::WrongStatement:
        return failure.statement.isEmpty()
                   ? Words::tr("A statement of the scenario cannot be run.")
                   : Words::tr("The statement \"%1\" of the scenario cannot be run.")
                         .arg(failure.statement);
    case Failure::Kind::Unexpected:
        return Words::tr("The database answered with an error.");
    }
    Q_UNREACHABLE();
}

QString meaning(const Failure& failure, Doing doing)
{
    if (failure.kind == Failure::Kind::OutcomeUnknown && doing != Doing::Refreshing)
        return Words::tr("It is not known yet whether the posting was written.");
    switch (doing) {
    case Doing::Reading:
        return Words::tr("Nothing was changed.");
    case Doing::Writing:
        return Words::tr("Nothing was written.");
    case Doing::Refreshing:
        return Words::tr("The posting was written; only the page could not be refreshed.");
    }
    Q_UNREACHABLE();
}

QString advice(const Failure& failure)
{
    switch (failure.kind) {
    case Failure::Kind::ConnectionMisread:
        return Words::tr("Write it as postgresql://user@host:5432/database.");
    case Failure::Kind::Unreachable:
        return failure.sqlState == QLatin1String("28P01")
                   ? Words::tr("Check the user name and password of the connection.")
                   : Words::tr("Check that the server runs and try again.");
    case Failure::Kind::SessionLost:
    case Failure::Kind::Conflict:
        return Words::tr("Try again.");
    case Failure::Kind::TimedOut:
        return Words::tr("Try again in a moment.");
    case Failure::Kind::OutcomeUnknown:
        return Words::tr("Ask again: the same key is sent once more and never pays twice.");
    case Failure::Kind::ReadOnly:
        return Words::tr("Connect to a server and with a role that may write.");
    case Failure::Kind::NotAllowed:
        return Words::tr("Ask for the missing right or connect with another role.");
    case Failure::Kind::SchemaMismatch:
        return Words::tr("Check that this is the right database and that it is up to date.");
    case Failure::Kind::NoLabMarker:
        return Words::tr("Use the lab, or mark an empty database with \"tallystick lab mark\".");
    case Failure::Kind::ServerFull:
        return Words::tr("Free some room on the server and try again.");
    case Failure::Kind::ServerMissing:
        return Words::tr("Install PostgreSQL 14 or newer (Debian: the package \"postgresql\").");
    case Failure::Kind::LabDamaged:
        return Words::tr("\"tallystick lab reset\" puts it aside and starts a fresh one.");
    case Failure::Kind::Cancelled:
        return Words::tr("Start it again when you are ready.");
    case Failure::Kind::FileTrouble:
        return Words::tr("Check the path, its rights and the free space.");
    case Failure::Kind::WrongStatement:
        return Words::tr("Correct it in the scenario file and start again.");
    case Failure::Kind::Unexpected:
        return Words::tr("Try again; if it stays, the technical part says more.");
    }
    Q_UNREACHABLE();
}

} // namespace

Explanation explain(const Failure& failure, Doing doing)
{
    QStringList technical;
    if (!failure.sqlState.isEmpty())
        technical << Words::tr("SQLSTATE %1").arg(failure.sqlState);
    if (!failure.statement.isEmpty())
        technical << failure.statement;
    if (!failure.text.trimmed().isEmpty())
        technical << failure.text.trimmed();
    return {.happened = happened(failure),
            .money = meaning(failure, doing),
            .advice = advice(failure),
            .technical = technical.join(QStringLiteral(" · "))};
}

QString plain(const Error& error, Doing doing)
{
    if (const auto* refusal = std::get_if<RefusalWithFacts>(&error))
        return sentence(*refusal);
    const Explanation words = explain(std::get<Failure>(error), doing);
    return words.happened + QLatin1Char(' ') + words.money + QLatin1Char(' ') + words.advice;
}

QString sentence(const Failure& failure, Doing doing)
{
    const Explanation words = explain(failure, doing);
    QString line = plain(failure, doing);
    if (!words.technical.isEmpty())
        line += QStringLiteral(" (%1)").arg(
            QString(words.technical).replace(QLatin1Char('\n'), QLatin1Char(' ')));
    return line;
}

QString sentence(const Error& error, Doing doing)
{
    if (const auto* refusal = std::get_if<RefusalWithFacts>(&error))
        return sentence(*refusal);
    return sentence(std::get<Failure>(error), doing);
}

QString word(Failure::Kind kind)
{
    switch (kind) {
    case Failure::Kind::ConnectionMisread:
        return Words::tr("Connection misread");
    case Failure::Kind::Unreachable:
        return Words::tr("Unreachable");
    case Failure::Kind::SessionLost:
        return Words::tr("Session lost");
    case Failure::Kind::Conflict:
        return Words::tr("Conflict");
    case Failure::Kind::TimedOut:
        return Words::tr("Timed out");
    case Failure::Kind::OutcomeUnknown:
        return Words::tr("Outcome unknown");
    case Failure::Kind::ReadOnly:
        return Words::tr("Read-only");
    case Failure::Kind::NotAllowed:
        return Words::tr("Not allowed");
    case Failure::Kind::SchemaMismatch:
        return Words::tr("Schema mismatch");
    case Failure::Kind::NoLabMarker:
        return Words::tr("Not a lab");
    case Failure::Kind::ServerFull:
        return Words::tr("Server full");
    case Failure::Kind::ServerMissing:
        return Words::tr("Server missing");
    case Failure::Kind::LabDamaged:
        return Words::tr("Lab damaged");
    case Failure::Kind::Cancelled:
        return Words::tr("Cancelled");
    case Failure::Kind::FileTrouble:
        return Words::tr("File trouble");
    case Failure::Kind::WrongStatement:
        return Words::tr("Wrong statement");
    case Failure::Kind::Unexpected:
        return Words::tr("Unexpected");
    }
    Q_UNREACHABLE();
}

} // namespace tallystick::words
