mod golden;
mod udata_crawl;
