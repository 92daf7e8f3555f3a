// SPDX-License-Identifier: GPL-3.0-or-later
//! The start page tells the step, and offers the way out that fits what went wrong.
#include "ui/connection/startpage.h"
#include "ui/shared/banner.h"

#include <QtTest/QtTest>
#include <QtWidgets/QLabel>
#include <QtWidgets/QPushButton>

using namespace tallystick;

class tst_StartPage final : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void tellsTheStep();
    void offersToTryAgainByKeyboard();
    void offersToSetADamagedLabAside();
    void goesOnAfterAnError();
    void tellsWhatToInstall();

private:
    [[nodiscard]] Banner* banner() const
    {
        return m_page->findChild<Banner*>(QStringLiteral("startBanner"));
    }
    [[nodiscard]] QLabel* step() const
    {
        return m_page->findChild<QLabel*>(QStringLiteral("startStep"));
    }
    std::unique_ptr<StartPage> m_page;
};

void tst_StartPage::init()
{
    m_page = std::make_unique<StartPage>();
    m_page->resize(900, 600);
    m_page->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_page.get()));
}

void tst_StartPage::tellsTheStep()
{
    m_page->showStep(QStringLiteral("Filling in"), 0.5);
    QCOMPARE(step()->text(), QStringLiteral("Filling in"));
    QVERIFY(step()->isVisible());
    QVERIFY(!banner()->isVisible());
}

void tst_StartPage::offersToTryAgainByKeyboard()
{
    QSignalSpy retry(m_page.get(), &StartPage::retryRequested);
    QSignalSpy reset(m_page.get(), &StartPage::resetRequested);
    m_page->showError(Failure{.kind = Failure::Kind::ServerMissing});
    QVERIFY(banner()->isVisible());
    QVERIFY(!step()->isVisible());
    QVERIFY(banner()->text().contains(QStringLiteral("package \"postgresql\"")));
    QTest::keyClick(banner()->actionButton(), Qt::Key_Space);
    QCOMPARE(retry.count(), 1);
    QCOMPARE(reset.count(), 0);
}

void tst_StartPage::offersToSetADamagedLabAside()
{
    QSignalSpy retry(m_page.get(), &StartPage::retryRequested);
    QSignalSpy reset(m_page.get(), &StartPage::resetRequested);
    m_page->showError(Failure{.kind = Failure::Kind::LabDamaged});
    QVERIFY(banner()->actionButton()->text().contains(QStringLiteral("aside")));
    QTest::mouseClick(banner()->actionButton(), Qt::LeftButton);
    QCOMPARE(reset.count(), 1);
    QCOMPARE(retry.count(), 0);
}

void tst_StartPage::goesOnAfterAnError()
{
    m_page->showError(Failure{.kind = Failure::Kind::LabDamaged});
    m_page->showStep(QStringLiteral("Again"));
    QVERIFY(!banner()->isVisible());
    QCOMPARE(step()->text(), QStringLiteral("Again"));
}

void tst_StartPage::tellsWhatToInstall()
{
    m_page->showMessage(QStringLiteral("A package is missing"), QStringLiteral("libqt6sql6-psql"));
    QVERIFY(banner()->isVisible());
    QVERIFY(banner()->text().contains(QStringLiteral("libqt6sql6-psql")));
}

QTEST_MAIN(tst_StartPage)
#include "tst_startpage.moc"
