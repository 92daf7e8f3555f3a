// SPDX-License-Identifier: GPL-3.0-or-later
//! The posting form against a real server: what it promises is what stands in the tables.
#include "ledger/postgres/open.h"
#include "tests/support/testserver.h"
#include "ui/posting/postingpanel.h"
#include "ui/shared/banner.h"
#include "ui/shared/label.h"

#include <QtTest/QtTest>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPushButton>

using namespace tallystick;

namespace {

const UserId ann = *UserId::from(QStringLiteral("ann"));

} // namespace

class TstPostingServer : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void cleanup();
    void topsUpAgainstACeiling_data();
    void topsUpAgainstACeiling();
    void twoWindowsPostTheirOwnRows();
    void aServerGoneBeforeAPostingLosesNothing();

private:
    void open(Way way);
    void type(const char* field, const QString& text);
    [[nodiscard]] QPushButton* submit() const;
    [[nodiscard]] QString balance() const;

    std::unique_ptr<TestServer> m_server;
    Connection m_connection;
    std::unique_ptr<Desk> m_desk;
    std::unique_ptr<PostingPanel> m_panel;
};

void TstPostingServer::initTestCase()
{
    m_server = std::make_unique<TestServer>(40);
}

void TstPostingServer::init()
{
    m_connection = m_server->createDatabase();
    auto ledger = postgres::openLedger(m_connection);
    QVERIFY(ledger.ok());
    QVERIFY((*ledger)->createUser({.id = ann, .email = QStringLiteral("ann@example.com")}).ok());
    const auto opened = (*ledger)->post(topUp(ann, Credits::of(700), newTransactionKey()));
    QVERIFY(opened.ok());
}

void TstPostingServer::cleanup()
{
    m_panel.reset();
    m_desk.reset();
}

void TstPostingServer::open(Way way)
{
    m_panel.reset();
    m_desk = std::make_unique<Desk>([connection = m_connection, way] {
        return postgres::openLedger(connection, {.way = way});
    });
    m_panel = std::make_unique<PostingPanel>(
        *m_desk, PostingSubject{.user = ann, .customer = QStringLiteral("ann@example.com")});
    QVERIFY(m_panel->open(PostingKind::TopUp));
    m_panel->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_panel.get()));
}

void TstPostingServer::type(const char* field, const QString& text)
{
    auto* edit = m_panel->findChild<QLineEdit*>(QLatin1String(field));
    QVERIFY2(edit, field);
    // Keys only exist for Latin letters; the rest arrives as an input method sends it.
    for (const QChar c : text)
        if (c.unicode() < 128)
            QTest::keyClick(edit, c.toLatin1());
        else
            edit->insert(c);
}

QPushButton* TstPostingServer::submit() const
{
    return m_panel->findChild<QPushButton*>(QStringLiteral("postingSubmit"));
}

QString TstPostingServer::balance() const
{
    return sql(m_connection, QStringLiteral("SELECT balance || ' of ' || (SELECT count(*) FROM "
                                            "platform.\"CreditTransaction\") FROM "
                                            "platform.\"UserBalance\" WHERE \"userId\" = 'ann'"));
}

void TstPostingServer::topsUpAgainstACeiling_data()
{
    QTest::addColumn<Way>("way");
    for (const Way way : ruleWays)
        QTest::newRow(qPrintable(nameOf(way))) << way;
}

void TstPostingServer::topsUpAgainstACeiling()
{
    QFETCH(Way, way);
    open(way);
    type("postingAmount", QStringLiteral("8"));
    type("postingCeiling", QStringLiteral("10"));
    type("postingReason", QStringLiteral("it's for \"Ann\" 🙂"));
    QTRY_COMPARE(submit()->text(), QStringLiteral("Add 3.00 to ann@example.com"));
    QCOMPARE(balance(), QStringLiteral("700 of 1")); // the preview was rolled back
    QTest::mouseClick(submit(), Qt::LeftButton);
    QTRY_VERIFY(m_panel->findChild<Label*>(QStringLiteral("receiptTitle")));
    QCOMPARE(balance(), QStringLiteral("1000 of 2"));
    QCOMPARE(sql(m_connection,
                 QStringLiteral("SELECT amount || '|' || (metadata->>'requestedAmount') || '|' || "
                                "(metadata->>'clamp') || '|' || (metadata->>'reason') FROM "
                                "platform.\"CreditTransaction\" ORDER BY sequence DESC LIMIT 1")),
             QStringLiteral("300|800|ceiling|it's for \"Ann\" 🙂"));
}

void TstPostingServer::twoWindowsPostTheirOwnRows()
{
    open(Way::Function);
    auto first = std::move(m_panel);
    auto firstDesk = std::move(m_desk);
    open(Way::RowLock);
    auto second = std::move(m_panel);
    for (PostingPanel* panel : {first.get(), second.get()}) {
        const auto field = [panel](const char* name) {
            return panel->findChild<QLineEdit*>(QLatin1String(name));
        };
        QTest::keyClicks(field("postingAmount"), QStringLiteral("1"));
        QTest::keyClicks(field("postingReason"), QStringLiteral("both at once"));
    }
    const auto button = [](const std::unique_ptr<PostingPanel>& panel) {
        return panel->findChild<QPushButton*>(QStringLiteral("postingSubmit"));
    };
    QTRY_VERIFY(button(first)->isEnabled() && button(second)->isEnabled());
    QTest::mouseClick(button(first), Qt::LeftButton);
    QTRY_VERIFY(first->findChild<Label*>(QStringLiteral("receiptTitle")));
    // The second one's preview is stale now: it is told, and writes nothing until pressed again.
    QTest::mouseClick(button(second), Qt::LeftButton);
    QTRY_VERIFY(second->findChild<Banner*>()->isVisible());
    QCOMPARE(balance(), QStringLiteral("800 of 2"));
    QTest::mouseClick(button(second), Qt::LeftButton);
    QTRY_VERIFY(second->findChild<Label*>(QStringLiteral("receiptTitle")));
    QCOMPARE(balance(), QStringLiteral("900 of 3"));
    second.reset();
    first.reset();
}

void TstPostingServer::aServerGoneBeforeAPostingLosesNothing()
{
    open(Way::Function);
    type("postingAmount", QStringLiteral("1"));
    type("postingReason", QStringLiteral("before the crash"));
    QTRY_VERIFY(submit()->isEnabled());
    m_server->kill();
    QTest::mouseClick(submit(), Qt::LeftButton);
    auto* banner = m_panel->findChild<Banner*>();
    QTRY_VERIFY(banner->isVisible());
    m_server->restart();
    // Whether the loss was seen as certain or in doubt: the same key is sent until it is answered.
    for (int tries = 0; tries < 5 && m_panel->form(); ++tries) {
        QTest::mouseClick(submit(), Qt::LeftButton);
        QTest::qWait(300);
    }
    QTRY_VERIFY(m_panel->findChild<Label*>(QStringLiteral("receiptTitle")));
    QCOMPARE(balance(), QStringLiteral("800 of 2"));
}

QTEST_MAIN(TstPostingServer)
#include "tst_postingserver.moc"
