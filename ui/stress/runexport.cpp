// SPDX-License-Identifier: GPL-3.0-or-later
//! What can be taken away from a run: pictures, numbers, the command, the report.
#include "ui/report/htmlreport.h"
#include "ui/report/runwords.h"
#include "ui/shared/banner.h"
#include "ui/shared/icons.h"
#include "ui/stress/batchmodel.h"
#include "ui/stress/chartstack.h"
#include "ui/stress/numbersmodel.h"
#include "ui/stress/runview.h"

#include <QtCore/QBuffer>
#include <QtCore/QJsonDocument>
#include <QtCore/QSaveFile>
#include <QtGui/QClipboard>
#include <QtGui/QGuiApplication>
#include <QtWidgets/QFileDialog>
#include <QtWidgets/QMenu>
#include <QtWidgets/QStackedWidget>
#include <QtWidgets/QToolButton>

namespace tallystick {

QWidget* RunView::corner()
{
    auto* button = new QToolButton(this);
    button->setObjectName(QStringLiteral("stressExport"));
    button->setAccessibleName(tr("Copy or save"));
    button->setToolTip(tr("Copy or save what is shown"));
    button->setIcon(icons::icon(QStringLiteral("copy"), theme::Role::Secondary));
    button->setAutoRaise(true);
    auto* menu = new QMenu(button);
    const auto add = [this, menu](const QString& text, const char* name, auto slot) {
        menu->addAction(text, this, slot)->setObjectName(QLatin1String(name));
    };
    add(tr("Copy picture"), "stressCopyPicture", &RunView::copyPicture);
    add(tr("Copy numbers as CSV"), "stressCopyNumbers", &RunView::copyNumbers);
    add(tr("Copy the command that runs this again"), "stressCopyCommand", &RunView::copyCommand);
    menu->addSeparator();
    add(tr("Save picture…"), "stressSavePicture", &RunView::savePicture);
    add(tr("Save report…"), "stressSaveReportAction", &RunView::saveReport);
    add(tr("Save report to open again…"), "stressSaveJson", &RunView::saveJson);
    // Not setMenu(): its arrow would be drawn over the text.
    connect(button, &QToolButton::clicked, menu,
            [button, menu] { menu->popup(button->mapToGlobal(QPoint(0, button->height()))); });
    return button;
}

QPixmap RunView::picture()
{
    // The page as it stands; of the charts all of them, also those scrolled out of sight.
    QWidget* const shown =
        page() == Page::Charts ? static_cast<QWidget*>(m_charts) : m_pages->currentWidget();
    QPixmap picture(shown->size() * shown->devicePixelRatio());
    picture.setDevicePixelRatio(shown->devicePixelRatio());
    picture.fill(theme::color(theme::Role::Surface, palette()));
    shown->render(&picture, QPoint(), QRegion(), QWidget::DrawChildren);
    return picture;
}

void RunView::copyPicture()
{
    QGuiApplication::clipboard()->setPixmap(picture());
}

void RunView::copyNumbers()
{
    QGuiApplication::clipboard()->setText(m_numbers->csv());
}

void RunView::copyCommand()
{
    if (m_report)
        QGuiApplication::clipboard()->setText(replayCommand(*m_report));
}

void RunView::savePicture()
{
    const QPixmap kept = picture(); // of now, not of when a name has been found
    save(tr("Save picture"), m_scenario.name + QStringLiteral(".png"), tr("Pictures (*.png)"),
         [kept] {
             QByteArray bytes;
             QBuffer buffer(&bytes);
             buffer.open(QIODevice::WriteOnly);
             kept.save(&buffer, "PNG");
             return bytes;
         });
}

void RunView::saveReport()
{
    QList<Report> reports;
    for (int row = 0; row < m_batch->rowCount(); ++row)
        if (const Report* const report = m_batch->report(row))
            reports.append(*report);
    if (m_report) {
        save(tr("Save report"), m_scenario.name + QStringLiteral(".html"), tr("Web pages (*.html)"),
             [report = *m_report] { return htmlReport(report); });
    } else if (!reports.isEmpty()) {
        save(tr("Save report"), QStringLiteral("stress-runs.html"), tr("Web pages (*.html)"),
             [reports] { return htmlReport(reports); });
    }
}

void RunView::saveJson()
{
    if (m_report)
        save(tr("Save report to open again"), m_scenario.name + QStringLiteral("-report.json"),
             tr("Reports (*.json)"),
             [report = *m_report] { return QJsonDocument(toJson(report)).toJson(); });
}

void RunView::save(const QString& title, const QString& name, const QString& filter,
                   const std::function<QByteArray()>& content)
{
    auto* dialog = new QFileDialog(this, title, name, filter);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    connect(dialog, &QFileDialog::fileSelected, this, [this, content](const QString& path) {
        QSaveFile file(path); // whole or not at all
        const bool isWritten =
            file.open(QIODevice::WriteOnly) && file.write(content()) >= 0 && file.commit();
        if (isWritten)
            return;
        m_banner->showMessage(theme::Role::Negative, tr("The file was not written."),
                              file.errorString());
        m_banner->show();
    });
    dialog->open();
}

} // namespace tallystick
