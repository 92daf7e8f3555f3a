// SPDX-License-Identifier: GPL-3.0-or-later
//! The real program on a real display: a person finds a customer, tops up, attacks, reads PASS.
#include "tests/e2e/accessibletree.h"
#include "tests/e2e/screen.h"

#include <QtCore/QDir>
#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>
#include <QtCore/QTemporaryDir>
#include <QtTest/QtTest>

#include <memory>

using namespace tallystick;
using namespace Qt::StringLiterals;

namespace {

constexpr int soon = 10000;
constexpr int startMillis = 60000;
constexpr int runMillis = 90000;

using Wanted = AccessibleTree::Wanted;

bool says(const AccessibleNode& node, const QString& words)
{
    return node.name.contains(words) || node.text.contains(words);
}

Wanted saying(const QString& words)
{
    return [words](const AccessibleNode& node) { return says(node, words); };
}

Wanted editor(const QString& name)
{
    return
        [name](const AccessibleNode& node) { return node.role == u"text"_s && node.name == name; };
}

Wanted button(const QString& name)
{
    return [name](const AccessibleNode& node) {
        return node.role.contains(u"button"_s) && node.isEnabled && node.name.contains(name);
    };
}

} // namespace

/// The steps follow each other in one window, as in a person's hands.
class tst_Window final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        QVERIFY(m_home.isValid());
        // The lab's server may run under another account and has to pass through.
        QVERIFY(QFile::setPermissions(m_home.path(), QFile::Permissions(0x7755)));
        QVERIFY(QDir().mkpath(pictures()));
        const QString trouble = m_screen.start(u"1600x1000"_s);
        QVERIFY2(trouble.isEmpty(), qPrintable(trouble));

        QCOMPARE(command({u"lab"_s, u"start"_s}).exitCode, 0);
        QCOMPARE(command({u"lab"_s, u"seed"_s, u"--users"_s, u"60"_s, u"--transactions"_s,
                          u"3000"_s, u"--seed"_s, u"7"_s})
                     .exitCode,
                 0);
        QCOMPARE(command({u"user"_s, u"create"_s, u"e2e-user"_s, u"--email"_s,
                          u"zoe.window@example.com"_s, u"--name"_s, u"Zoe Window"_s})
                     .exitCode,
                 0);
        QCOMPARE(
            command({u"top-up"_s, u"e2e-user"_s, u"500"_s, u"--reason"_s, u"opening"_s}).exitCode,
            0);
    }

    void opensItsWindow()
    {
        m_program.setProcessEnvironment(environment());
        m_program.setProcessChannelMode(QProcess::MergedChannels);
        m_program.start(QStringLiteral(TALLYSTICK_BINARY), {u"--data"_s, lab()});
        QVERIFY(m_program.waitForStarted());
        m_tree = std::make_unique<AccessibleTree>(m_screen.busAddress());
        QVERIFY(m_tree->isConnected());
        QVERIFY2(m_tree->wait(editor(u"Find a customer"_s), startMillis),
                 qPrintable(m_tree->described() + QString::fromUtf8(m_program.readAll())));
        m_window = m_screen.windowOf(m_program.processId(), soon);
        QVERIFY(!m_window.isEmpty());
        QVERIFY(m_screen.titleOf(m_window).contains(u"Tallystick"_s));
        m_screen.focus(m_window);
    }

    void saysWhereItIs()
    {
        // The environment bar: nobody should have to guess what they are about to change.
        QVERIFY2(m_tree->wait(saying(u"Lab"_s), soon), qPrintable(m_tree->described()));
    }

    void findsACustomerByTyping()
    {
        m_screen.press(u"ctrl+k"_s);
        QVERIFY2(m_tree->wait(
                     [](const AccessibleNode& node) {
                         return node.name == u"Find a customer"_s && node.isFocused;
                     },
                     soon),
                 qPrintable(m_tree->described()));
        m_screen.type(u"zoe.wind"_s);
        QVERIFY(waitFor(saying(u"zoe.window@example.com"_s)));
        m_screen.press(u"Return"_s);
        QVERIFY(waitFor(saying(u"Balance $5.00"_s)));
        QVERIFY(waitFor([](const AccessibleNode& node) {
            return node.name.contains(u"verified"_s, Qt::CaseInsensitive);
        }));
        keep(u"customer"_s);
    }

    void previewsATopUpAgainstACeiling()
    {
        QVERIFY(clickOn(button(u"Top up"_s)));
        QVERIFY(typeInto(u"Amount ($)"_s, u"8.00"_s));
        QVERIFY(typeInto(u"Ceiling ($, optional)"_s, u"10.00"_s));
        QVERIFY(typeInto(u"Reason"_s, u"goodwill"_s));
        QVERIFY(waitFor(saying(u"Requested 8.00, applied 5.00 (ceiling 10.00)"_s)));
        keep(u"preview"_s);
        // Nothing is written by a preview.
        QCOMPARE(balance(), 500);
    }

    void topsUpWhatThePreviewSaid()
    {
        QVERIFY(clickOn(button(u"Add 5.00"_s)));
        QVERIFY(waitFor(saying(u"Added 5.00"_s)));
        keep(u"receipt"_s);
        QCOMPARE(balance(), 1000);
        const Answer history = command({u"history"_s, u"e2e-user"_s, u"--json"_s});
        const QJsonArray rows =
            QJsonDocument::fromJson(history.out).object().value(u"transactions"_s).toArray();
        QCOMPARE(rows.size(), 2);
        const QJsonObject newest = rows.first().toObject();
        QCOMPARE(newest.value(u"amount"_s).toInteger(), 500);
        QCOMPARE(newest.value(u"type"_s).toString(), u"TOP_UP"_s);
        const QJsonObject metadata = newest.value(u"metadata"_s).toObject();
        QCOMPARE(metadata.value(u"requestedAmount"_s).toInteger(), 800);
        QCOMPARE(metadata.value(u"clamp"_s).toString(), u"ceiling"_s);
        QCOMPARE(metadata.value(u"reason"_s).toString(), u"goodwill"_s);
        QVERIFY(waitFor(saying(u"Balance $10.00"_s)));
    }

    void refusesWhatTheCeilingForbids()
    {
        QVERIFY(clickOn(button(u"Another posting"_s)));
        QVERIFY(typeInto(u"Amount ($)"_s, u"2.00"_s));
        QVERIFY(typeInto(u"Ceiling ($, optional)"_s, u"8.00"_s));
        QVERIFY(waitFor(saying(u"You already have enough balance of $10.00, top-up is not "
                               "required when you already have at least $8.00"_s)));
        QCOMPARE(balance(), 1000);
        m_screen.press(u"Escape"_s);
    }

    void runsAScenarioAndSaysPass()
    {
        m_screen.press(u"ctrl+2"_s);
        QVERIFY(typeInto(u"Find a scenario"_s, u"Ten spends at once"_s));
        QVERIFY(clickOn([](const AccessibleNode& node) {
            return node.role == u"list item"_s && node.name.contains(u"Ten spends at once"_s);
        }));
        QVERIFY(clickOn(button(u"Start the run"_s)));
        const auto verdict = m_tree->wait(saying(u"Verdict: "_s), runMillis);
        QVERIFY2(verdict, qPrintable(m_tree->described()));
        keep(u"verdict"_s);
        QCOMPARE(verdict->name, u"Verdict: PASS"_s);
    }

    void leavesTheLedgerProven()
    {
        QCOMPARE(command({u"verify"_s, u"--all"_s, u"--json"_s}).exitCode, 0);
    }

    void closesWhenItsWindowIsClosed()
    {
        m_screen.press(u"ctrl+q"_s);
        QVERIFY(m_program.waitForFinished(soon));
        QCOMPARE(m_program.exitStatus(), QProcess::NormalExit);
        QCOMPARE(m_program.exitCode(), 0);
        // The lab was running before the window came, so it stays.
        QCOMPARE(command({u"lab"_s, u"status"_s}).exitCode, 0);
    }

    void cleanupTestCase()
    {
        m_tree.reset();
        if (m_program.state() != QProcess::NotRunning) {
            keep(u"left-open"_s);
            m_program.terminate();
            if (!m_program.waitForFinished(soon))
                m_program.kill();
            m_program.waitForFinished(soon);
        }
        QCOMPARE(command({u"lab"_s, u"stop"_s}).exitCode, 0);
    }

private:
    struct Answer
    {
        int exitCode = -1;
        QByteArray out;
    };

    QString lab() const { return m_home.filePath(u"lab"_s); }
    static QString pictures() { return QStringLiteral(TALLYSTICK_PICTURES); }

    QProcessEnvironment environment() const
    {
        QProcessEnvironment environment = m_screen.environment();
        environment.insert(u"HOME"_s, m_home.path());
        for (const QString& kind : {u"DATA"_s, u"CONFIG"_s, u"STATE"_s, u"CACHE"_s})
            environment.insert(u"XDG_%1_HOME"_s.arg(kind), m_home.filePath(kind.toLower()));
        environment.remove(u"TALLYSTICK_CONNECTION"_s);
        environment.insert(u"LC_ALL"_s, u"C.UTF-8"_s);
        return environment;
    }

    /// The same program as a command, on the same lab.
    Answer command(const QStringList& arguments) const
    {
        QProcess process;
        process.setProcessEnvironment(environment());
        process.start(QStringLiteral(TALLYSTICK_BINARY),
                      arguments + QStringList{u"--data"_s, lab()});
        if (!process.waitForFinished(startMillis))
            return {};
        const QByteArray complaint = process.readAllStandardError();
        if (process.exitCode() != 0)
            qWarning("%s: %s", qPrintable(arguments.join(u' ')), complaint.constData());
        return {.exitCode = process.exitCode(), .out = process.readAllStandardOutput()};
    }

    qint64 balance() const
    {
        const Answer answer = command({u"balance"_s, u"e2e-user"_s, u"--json"_s});
        return QJsonDocument::fromJson(answer.out).object().value(u"balance"_s).toInteger(-1);
    }

    bool waitFor(const Wanted& wanted, int millis = soon) const
    {
        if (m_tree->wait(wanted, millis))
            return true;
        qWarning().noquote() << m_tree->described();
        return false;
    }

    bool clickOn(const Wanted& wanted) const
    {
        const auto node = m_tree->wait(wanted, soon);
        if (!node) {
            qWarning().noquote() << m_tree->described();
            return false;
        }
        m_screen.click(node->onScreen.center());
        return true;
    }

    bool typeInto(const QString& name, const QString& text) const
    {
        if (!clickOn(editor(name)))
            return false;
        m_screen.press(u"ctrl+a"_s);
        m_screen.type(text);
        return waitFor([name, text](const AccessibleNode& node) {
            return node.name == name && node.text == text;
        });
    }

    void keep(const QString& name) const
    {
        QVERIFY(m_screen.save(pictures() + u'/' + name + u".png"_s));
    }

    QTemporaryDir m_home{QDir::tempPath() + u"/e2e-XXXXXX"_s};
    Screen m_screen;
    QProcess m_program;
    QString m_window;
    std::unique_ptr<AccessibleTree> m_tree;
};

QTEST_GUILESS_MAIN(tst_Window)
#include "tst_window.moc"
