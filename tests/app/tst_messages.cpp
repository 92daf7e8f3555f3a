// SPDX-License-Identifier: GPL-3.0-or-later
//! The driver's remarks are left out; every other message is passed on.
#include "app/messages.h"

#include <QtTest/QtTest>

using namespace tallystick;

namespace {

QStringList& heard()
{
    static QStringList texts;
    return texts;
}

void hear(QtMsgType, const QMessageLogContext&, const QString& text)
{
    heard() << text;
}

} // namespace

class tst_Messages final : public QObject
{
    Q_OBJECT

private slots:
    void leavesOutTheDriversRemarksOnly();
};

void tst_Messages::leavesOutTheDriversRemarksOnly()
{
    const QtMessageHandler before = qInstallMessageHandler(hear);
    leaveOutDriverRemarks();
    qWarning("QPSQLDriver::getResult: Query results lost - probably discarded");
    qWarning("QSqlDatabasePrivate::removeDatabase: connection 'x' is still in use");
    qWarning("Unable to free statement: no connection to the server");
    qWarning("a warning of our own");
    qInfo("QFSFileEngine::open: No file name specified");
    qInstallMessageHandler(before);
    QCOMPARE(heard().join(QLatin1Char('|')),
             QStringLiteral("a warning of our own|QFSFileEngine::open: No file name specified"));
}

QTEST_GUILESS_MAIN(tst_Messages)
#include "tst_messages.moc"
