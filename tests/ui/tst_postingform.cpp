// SPDX-License-Identifier: GPL-3.0-or-later
//! A posting form never surprises: exact preview, named button, one row whatever is pressed.
#include "tests/support/fakeledger.h"
#include "tests/ui/hookedledger.h"
#include "ui/posting/postingform.h"
#include "ui/posting/postingpanel.h"
#include "ui/shared/banner.h"
#include "ui/shared/field.h"
#include "ui/shared/label.h"

#include <QtTest/QSignalSpy>
#include <QtTest/QtTest>
#include <QtWidgets/QCheckBox>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPushButton>

using namespace tallystick;

namespace {

const UserId ann = *UserId::from(QStringLiteral("ann"));
const QString annsMail = QStringLiteral("ann@example.com");

} // namespace

class TstPostingForm : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void previewsExactlyWhatAClampedTopUpDoes();
    void aRefusalStandsInThePreviewAndNothingCanBePressed();
    void saysBesideTheFieldWhatIsWrong();
    void aReasonIsRequiredAndKeptWithTheRow();
    void postsWithTheKeyboardAlone();
    void doubleClicksAndRepeatedEntersWriteOneRow();
    void everyFormHasItsOwnKeyAndAReceiptEndsIt();
    void asksAgainWithTheSameKeyAfterAnUnknownOutcome_data();
    void asksAgainWithTheSameKeyAfterAnUnknownOutcome();
    void staysInDoubtWhileTheServerIsAway();
    void aFailureBeforeSendingMayBeTriedAgain();
    void writesNothingWhenTheBalanceMovedSinceThePreview();
    void aRewardIsClaimedOnce();
    void spendsNeverMoreThanThereIs();
    void anAdjustmentMayTakeAway();
    void aSlowPreviewNeverOverwritesANewerOne();
    void aReadOnlyServerIsSaidInWords();
    void escapeClosesButNotWhilePosting();
    void readsDrafts_data();
    void readsDrafts();

private:
    void open(PostingKind kind);
    [[nodiscard]] PostingForm* form() const { return m_panel->form(); }
    void type(const char* field, const QString& text);
    [[nodiscard]] QPushButton* submit() const;
    [[nodiscard]] QString previewText() const;
    [[nodiscard]] QString problem(const char* field) const;
    [[nodiscard]] Banner* banner() const { return form()->findChild<Banner*>(); }
    void fillTopUp(const QString& amount, const QString& ceiling);
    [[nodiscard]] qsizetype rows() const { return m_store->account(ann).rows.size(); }

    std::unique_ptr<FakeStore> m_store;
    std::function<void()> m_beforePost;
    std::unique_ptr<Desk> m_desk;
    std::unique_ptr<PostingPanel> m_panel;
};

void TstPostingForm::init()
{
    m_store = std::make_unique<FakeStore>();
    m_store->addUser(ann, annsMail, QStringLiteral("Ann"), Credits::of(700));
    m_beforePost = [] {};
    m_desk = std::make_unique<Desk>([this]() -> Result<std::unique_ptr<Ledger>> {
        auto inner = m_store->opener()();
        if (!inner)
            return inner.error();
        return std::unique_ptr<Ledger>(
            new HookedLedger(std::move(inner).value(), [this] { m_beforePost(); }));
    });
}

void TstPostingForm::cleanup()
{
    m_panel.reset();
    m_desk.reset();
}

void TstPostingForm::open(PostingKind kind)
{
    m_panel = std::make_unique<PostingPanel>(
        *m_desk,
        PostingSubject{.user = ann, .customer = annsMail, .operatorName = QStringLiteral("robin")});
    QVERIFY(m_panel->open(kind));
    m_panel->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_panel.get()));
}

void TstPostingForm::type(const char* field, const QString& text)
{
    auto* edit = form()->findChild<QLineEdit*>(QLatin1String(field));
    QVERIFY2(edit, field);
    edit->setFocus();
    edit->clear();
    // Keys only exist for Latin letters; the rest arrives as an input method sends it.
    for (const QChar c : text)
        if (c.unicode() < 128)
            QTest::keyClick(edit, c.toLatin1());
        else
            edit->insert(c);
}

QPushButton* TstPostingForm::submit() const
{
    return form()->findChild<QPushButton*>(QStringLiteral("postingSubmit"));
}

QString TstPostingForm::previewText() const
{
    return form()->findChild<Label*>(QStringLiteral("postingPreview"))->text();
}

QString TstPostingForm::problem(const char* field) const
{
    auto* edit = form()->findChild<QLineEdit*>(QLatin1String(field));
    return qobject_cast<Field*>(edit->parentWidget())->problem();
}

void TstPostingForm::fillTopUp(const QString& amount, const QString& ceiling)
{
    type("postingAmount", amount);
    type("postingCeiling", ceiling);
    type("postingReason", QStringLiteral("goodwill"));
    QTRY_VERIFY(submit()->isEnabled());
}

void TstPostingForm::previewsExactlyWhatAClampedTopUpDoes()
{
    open(PostingKind::TopUp);
    fillTopUp(QStringLiteral("8"), QStringLiteral("10"));
    QTRY_COMPARE(previewText(), QStringLiteral("Balance 7.00 → 10.00. Requested 8.00, applied 3.00 "
                                               "(ceiling 10.00)"));
    QCOMPARE(submit()->text(), QStringLiteral("Add 3.00 to ann@example.com"));
    QCOMPARE(submit()->accessibleName(), submit()->text());
    QCOMPARE(rows(), 1); // the preview wrote nothing
}

void TstPostingForm::aRefusalStandsInThePreviewAndNothingCanBePressed()
{
    open(PostingKind::TopUp);
    type("postingAmount", QStringLiteral("2.00"));
    type("postingCeiling", QStringLiteral("5.00"));
    QTRY_COMPARE(previewText(),
                 QStringLiteral("You already have enough balance of $7.00, top-up is not required "
                                "when you already have at least $5.00"));
    QVERIFY(!submit()->isEnabled());
}

void TstPostingForm::saysBesideTheFieldWhatIsWrong()
{
    open(PostingKind::TopUp);
    type("postingAmount", QStringLiteral("abc"));
    QVERIFY(!problem("postingAmount").isEmpty());
    QVERIFY(!submit()->isEnabled());
    type("postingAmount", QStringLiteral("0"));
    QVERIFY(!problem("postingAmount").isEmpty());
    type("postingAmount", QStringLiteral("-1"));
    QVERIFY(!problem("postingAmount").isEmpty());
    type("postingAmount", QStringLiteral("92233720368547758079"));
    QVERIFY(problem("postingAmount").startsWith(QStringLiteral("Too large")));
    type("postingAmount", QStringLiteral("1"));
    QVERIFY(problem("postingAmount").isEmpty());
    type("postingCeiling", QStringLiteral("1.234"));
    QVERIFY(!problem("postingCeiling").isEmpty());
    QTest::qWait(250); // longer than typing is waited for
    QVERIFY(!submit()->isEnabled());
    QCOMPARE(rows(), 1);
}

void TstPostingForm::aReasonIsRequiredAndKeptWithTheRow()
{
    open(PostingKind::TopUp);
    QSignalSpy posted(form(), &PostingForm::posted);
    type("postingAmount", QStringLiteral("1"));
    QTRY_VERIFY(submit()->isEnabled());
    QVERIFY(problem("postingReason").isEmpty()); // not yet: nothing was sent
    QTest::mouseClick(submit(), Qt::LeftButton);
    QVERIFY(!problem("postingReason").isEmpty());
    QCOMPARE(rows(), 1);
    type("postingReason", QStringLiteral("because of <b>\"quotes\"</b> 🙂"));
    QTest::mouseClick(submit(), Qt::LeftButton);
    QTRY_COMPARE(posted.count(), 1);
    const QJsonObject metadata = m_store->account(ann).rows.last().metadata;
    QCOMPARE(metadata.value(QStringLiteral("reason")).toString(),
             QStringLiteral("because of <b>\"quotes\"</b> 🙂"));
    QCOMPARE(metadata.value(QStringLiteral("admin_id")).toString(), QStringLiteral("robin"));
    QCOMPARE(metadata.value(QStringLiteral("tool")).toString(), QStringLiteral("Tallystick"));
}

void TstPostingForm::postsWithTheKeyboardAlone()
{
    open(PostingKind::TopUp);
    QApplication::setActiveWindow(m_panel.get());
    QTRY_VERIFY(QApplication::focusWidget());
    QCOMPARE(QApplication::focusWidget()->objectName(), QStringLiteral("postingAmount"));
    QTest::keyClicks(QApplication::focusWidget(), QStringLiteral("8"));
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
    QTest::keyClicks(QApplication::focusWidget(), QStringLiteral("10"));
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
    QCOMPARE(QApplication::focusWidget()->objectName(), QStringLiteral("postingReason"));
    QTest::keyClicks(QApplication::focusWidget(), QStringLiteral("why"));
    QTRY_VERIFY(submit()->isEnabled());
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
    QTRY_COMPARE(rows(), 2);
    QCOMPARE(m_store->account(ann).balance, Credits::of(1000));
    QTRY_VERIFY(m_panel->findChild<Label*>(QStringLiteral("receiptTitle")));
    QCOMPARE(m_panel->findChild<Label*>(QStringLiteral("receiptTitle"))->text(),
             QStringLiteral("Added 3.00 to ann@example.com"));
}

void TstPostingForm::doubleClicksAndRepeatedEntersWriteOneRow()
{
    open(PostingKind::TopUp);
    fillTopUp(QStringLiteral("1"), {});
    m_store->delayCalls(30);
    auto* reason = form()->findChild<QLineEdit*>(QStringLiteral("postingReason"));
    QTest::mouseClick(submit(), Qt::LeftButton);
    QTest::mouseDClick(submit(), Qt::LeftButton);
    for (int repeat = 0; repeat < 10; ++repeat)
        QTest::keyClick(reason, Qt::Key_Return);
    QTRY_VERIFY(m_panel->findChild<Label*>(QStringLiteral("receiptTitle")));
    QTest::qWait(200); // whatever else was sent would arrive now
    QCOMPARE(rows(), 2);
    QCOMPARE(m_store->account(ann).balance, Credits::of(800));
}

void TstPostingForm::everyFormHasItsOwnKeyAndAReceiptEndsIt()
{
    open(PostingKind::TopUp);
    const TransactionKey first = form()->key();
    fillTopUp(QStringLiteral("1"), {});
    QTest::mouseClick(submit(), Qt::LeftButton);
    QTRY_VERIFY(m_panel->findChild<QPushButton*>(QStringLiteral("receiptAnother")));
    QCOMPARE(m_store->account(ann).rows.last().key, first);
    QTest::mouseClick(m_panel->findChild<QPushButton*>(QStringLiteral("receiptAnother")),
                      Qt::LeftButton);
    QVERIFY(form());
    QVERIFY(form()->key() != first);
}

void TstPostingForm::asksAgainWithTheSameKeyAfterAnUnknownOutcome_data()
{
    QTest::addColumn<bool>("wasApplied");
    QTest::newRow("the answer was lost after the commit") << true;
    QTest::newRow("the connection was lost before it") << false;
}

void TstPostingForm::asksAgainWithTheSameKeyAfterAnUnknownOutcome()
{
    QFETCH(bool, wasApplied);
    open(PostingKind::TopUp);
    const TransactionKey key = form()->key();
    fillTopUp(QStringLiteral("1"), {});
    m_beforePost = [this, wasApplied] {
        m_store->failNext(
            {.failure = {.kind = Failure::Kind::OutcomeUnknown}, .appliesFirst = wasApplied});
        m_beforePost = [] {};
    };
    QTest::mouseClick(submit(), Qt::LeftButton);
    QTRY_COMPARE(form()->stage(), PostingForm::Stage::Doubt);
    QVERIFY(banner()->isVisible());
    QVERIFY(banner()->text().contains(QStringLiteral("not known")));
    QCOMPARE(submit()->text(), QStringLiteral("Ask again"));
    QVERIFY(form()->findChild<QLineEdit*>(QStringLiteral("postingAmount"))->isReadOnly());
    QVERIFY(m_panel->isBusy());
    QCOMPARE(rows(), wasApplied ? 2 : 1);
    QTest::mouseClick(submit(), Qt::LeftButton);
    QTRY_VERIFY(m_panel->findChild<Label*>(QStringLiteral("receiptTitle")));
    QCOMPARE(rows(), 2);
    QCOMPARE(m_store->account(ann).rows.last().key, key);
    QCOMPARE(m_store->account(ann).balance, Credits::of(800));
}

void TstPostingForm::staysInDoubtWhileTheServerIsAway()
{
    open(PostingKind::TopUp);
    fillTopUp(QStringLiteral("1"), {});
    m_beforePost = [this] {
        m_store->failNext(
            {.failure = {.kind = Failure::Kind::OutcomeUnknown}, .appliesFirst = true});
        m_beforePost = [] {};
    };
    QTest::mouseClick(submit(), Qt::LeftButton);
    QTRY_COMPARE(form()->stage(), PostingForm::Stage::Doubt);
    m_store->failOpening(Failure{.kind = Failure::Kind::Unreachable});
    QTest::mouseClick(submit(), Qt::LeftButton);
    QTRY_COMPARE(form()->stage(), PostingForm::Stage::Doubt);
    QTRY_VERIFY(banner()->text().contains(QStringLiteral("not known")));
    QVERIFY(!banner()->text().contains(QStringLiteral("Nothing was written")));
    m_store->failOpening({});
    QTest::mouseClick(submit(), Qt::LeftButton);
    QTRY_VERIFY(m_panel->findChild<Label*>(QStringLiteral("receiptTitle")));
    QCOMPARE(rows(), 2);
}

void TstPostingForm::aFailureBeforeSendingMayBeTriedAgain()
{
    open(PostingKind::TopUp);
    fillTopUp(QStringLiteral("1"), {});
    m_beforePost = [this] {
        m_store->failNext(
            {.failure = {.kind = Failure::Kind::Conflict, .sqlState = QStringLiteral("40P01")}});
        m_beforePost = [] {};
    };
    QTest::mouseClick(submit(), Qt::LeftButton);
    QTRY_VERIFY(banner()->isVisible());
    QCOMPARE(form()->stage(), PostingForm::Stage::Editing);
    QVERIFY(banner()->text().contains(QStringLiteral("Nothing was written.")));
    QTest::mouseClick(banner()->actionButton(), Qt::LeftButton);
    QTRY_VERIFY(m_panel->findChild<Label*>(QStringLiteral("receiptTitle")));
    QCOMPARE(rows(), 2);
}

void TstPostingForm::writesNothingWhenTheBalanceMovedSinceThePreview()
{
    open(PostingKind::TopUp);
    fillTopUp(QStringLiteral("8"), QStringLiteral("10"));
    FakeAccount moved = m_store->account(ann);
    moved.balance = Credits::of(900);
    m_store->setAccount(ann, moved);
    QTest::mouseClick(submit(), Qt::LeftButton);
    QTRY_VERIFY(!form() || banner()->isVisible());
    QCOMPARE(rows(), 1);
    QVERIFY(form());
    QVERIFY(banner()->text().contains(QStringLiteral("Nothing was written")));
    QCOMPARE(submit()->text(), QStringLiteral("Add 1.00 to ann@example.com"));
    QTest::mouseClick(submit(), Qt::LeftButton);
    QTRY_COMPARE(rows(), 2);
    QCOMPARE(m_store->account(ann).balance, Credits::of(1000));
}

void TstPostingForm::aRewardIsClaimedOnce()
{
    const auto claim = [this] {
        open(PostingKind::Reward);
        type("postingStep", QStringLiteral("WELCOME"));
        type("postingReason", QStringLiteral("onboarding"));
        type("postingAmount", QStringLiteral("5"));
    };
    claim();
    QTRY_VERIFY(submit()->isEnabled());
    QTest::mouseClick(submit(), Qt::LeftButton);
    QTRY_COMPARE(rows(), 2);
    QCOMPARE(m_store->account(ann).rows.last().key.text(), QStringLiteral("REWARD-ann-WELCOME"));
    claim();
    QTRY_VERIFY(previewText().contains(QStringLiteral("already claimed")));
    QVERIFY(!submit()->isEnabled());
    QCOMPARE(rows(), 2);
}

void TstPostingForm::spendsNeverMoreThanThereIs()
{
    open(PostingKind::Spend);
    type("postingReason", QStringLiteral("manual charge"));
    type("postingAmount", QStringLiteral("10"));
    QTRY_COMPARE(previewText(),
                 QStringLiteral("Insufficient balance of $7.00, where this will cost $10.00"));
    type("postingAmount", QStringLiteral("7"));
    QTRY_COMPARE(submit()->text(), QStringLiteral("Take 7.00 from ann@example.com"));
    QTest::mouseClick(submit(), Qt::LeftButton);
    QTRY_COMPARE(m_store->account(ann).balance, Credits());
}

void TstPostingForm::anAdjustmentMayTakeAway()
{
    open(PostingKind::Adjustment);
    type("postingReason", QStringLiteral("correction"));
    type("postingAmount", QStringLiteral("-8.50"));
    QTRY_VERIFY(previewText().startsWith(QStringLiteral("Insufficient")));
    auto* overdraw = form()->findChild<QCheckBox*>();
    QTest::mouseClick(overdraw, Qt::LeftButton, {}, QPoint(8, overdraw->height() / 2));
    QVERIFY(overdraw->isChecked());
    QTRY_COMPARE(submit()->text(), QStringLiteral("Take 8.50 from ann@example.com"));
    QTest::mouseClick(submit(), Qt::LeftButton);
    QTRY_COMPARE(m_store->account(ann).balance, Credits::of(-150));
}

void TstPostingForm::aSlowPreviewNeverOverwritesANewerOne()
{
    open(PostingKind::TopUp);
    m_store->delayCalls(120);
    type("postingAmount", QStringLiteral("1"));
    QTest::qWait(180); // the first preview is on its way
    type("postingAmount", QStringLiteral("2"));
    for (int look = 0; look < 40; ++look) {
        QVERIFY(!submit()->text().contains(QStringLiteral("Add 1.00")));
        QTest::qWait(15);
    }
    QTRY_COMPARE(submit()->text(), QStringLiteral("Add 2.00 to ann@example.com"));
}

void TstPostingForm::aReadOnlyServerIsSaidInWords()
{
    m_store->makeReadOnly(true);
    open(PostingKind::TopUp);
    type("postingAmount", QStringLiteral("1"));
    QTRY_VERIFY(banner()->isVisible());
    QVERIFY(banner()->text().contains(QStringLiteral("read-only")));
    QVERIFY(!submit()->isEnabled());
}

void TstPostingForm::escapeClosesButNotWhilePosting()
{
    open(PostingKind::TopUp);
    QSignalSpy closed(m_panel.get(), &PostingPanel::closed);
    fillTopUp(QStringLiteral("1"), {});
    m_store->delayCalls(150);
    QTest::mouseClick(submit(), Qt::LeftButton);
    QCOMPARE(form()->stage(), PostingForm::Stage::Posting);
    QTest::keyClick(m_panel.get(), Qt::Key_Escape);
    QCOMPARE(closed.count(), 0);
    QTRY_VERIFY(m_panel->findChild<Label*>(QStringLiteral("receiptTitle")));
    QTest::keyClick(m_panel.get(), Qt::Key_Escape);
    QCOMPARE(closed.count(), 1);
}

void TstPostingForm::readsDrafts_data()
{
    QTest::addColumn<PostingKind>("kind");
    QTest::addColumn<QString>("amount");
    QTest::addColumn<QString>("extra");
    QTest::addColumn<bool>("isReady");
    QTest::newRow("a top-up") << PostingKind::TopUp << "5"
                              << "" << true;
    QTest::newRow("a top-up with a ceiling") << PostingKind::TopUp << "5"
                                             << "10.50" << true;
    QTest::newRow("a ceiling of zero") << PostingKind::TopUp << "5"
                                       << "0" << false;
    QTest::newRow("a ceiling in words") << PostingKind::TopUp << "5"
                                        << "ten" << false;
    QTest::newRow("a negative top-up") << PostingKind::TopUp << "-5"
                                       << "" << false;
    QTest::newRow("a reward") << PostingKind::Reward << "5"
                              << "STEP 'x' 🙂" << true;
    QTest::newRow("a reward without a step") << PostingKind::Reward << "5"
                                             << " " << false;
    QTest::newRow("an endless step")
        << PostingKind::Reward << "5" << QString(10000, QLatin1Char('x')) << false;
    QTest::newRow("a negative adjustment") << PostingKind::Adjustment << "-5"
                                           << "" << true;
    QTest::newRow("a zero adjustment") << PostingKind::Adjustment << "0"
                                       << "" << false;
    QTest::newRow("a negative cost") << PostingKind::Spend << "-5"
                                     << "" << false;
    QTest::newRow("nothing") << PostingKind::Spend << ""
                             << "" << false;
}

void TstPostingForm::readsDrafts()
{
    QFETCH(PostingKind, kind);
    QFETCH(QString, amount);
    QFETCH(QString, extra);
    QFETCH(bool, isReady);
    const DraftReading reading = read({.kind = kind,
                                       .amount = amount,
                                       .ceiling = extra,
                                       .step = extra,
                                       .reason = QStringLiteral("why")},
                                      {.user = ann, .key = newTransactionKey()});
    QCOMPARE(reading.isReady(), isReady);
    QCOMPARE(reading.posting.has_value(), isReady);
    QCOMPARE(reading.problems.isEmpty(), isReady);
    if (reading.posting)
        QVERIFY(std::holds_alternative<Posting>(validated(*reading.posting)));
}

QTEST_MAIN(TstPostingForm)
#include "tst_postingform.moc"
